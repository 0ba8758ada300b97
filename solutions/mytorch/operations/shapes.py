"""Other shapes of the same numbers.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..arguments import LEFT_OUT
from ..size import Sizes, one_dim, several_dims, sizes_from, wrap_dim
from ..warn_once import warn_once
from .copying import contiguous
from .operation import Operation, array_of
from .views import ViewOperation


class ViewBackward0(ViewOperation):
    """The same elements in another shape. Source: `view`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "_size")
    gradients = (lambda grad, sizes, size: reshape(grad, sizes),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, size: Sizes) -> Any:
        return x.reshape(size)


class ReshapeAliasBackward0(ViewBackward0):
    """The same elements in another shape, where they don't lie in order. Source: `_reshape_alias`, derivatives.yaml."""


class UnsafeViewBackward0(Operation):
    """The elements of a fresh copy in another shape: no view, since nobody else has the copy.

    Source: `_unsafe_view`, derivatives.yaml.
    """

    keeps = ("self_sym_sizes", "_size")
    gradients = (lambda grad, sizes, size: reshape(grad, sizes),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, size: Sizes) -> Any:
        return x.reshape(size)


class TBackward0(ViewOperation):
    """A matrix with rows and columns exchanged. Source: `t`, derivatives.yaml."""

    gradients = (lambda grad: t(grad),)

    @staticmethod
    def forward(x: Any) -> Any:
        return x.T


class TransposeBackward0(ViewOperation):
    """Two dimensions exchanged. Source: `transpose.int`, derivatives.yaml."""

    keeps = ("dim0", "dim1")
    gradients = (lambda grad, dim0, dim1: transpose(grad, dim0, dim1),)

    @staticmethod
    def forward(x: Any, dim0: int, dim1: int) -> Any:
        return np.swapaxes(x, dim0, dim1) if x.ndim else x[...]


class PermuteBackward0(ViewOperation):
    """All dimensions in another order. Source: `permute`, derivatives.yaml."""

    keeps = ("dims",)
    gradients = (lambda grad, dims: permute(grad, tuple(int(place) for place in np.argsort(dims))),)

    @staticmethod
    def forward(x: Any, dims: Sizes) -> Any:
        return np.transpose(x, dims)


class UnsqueezeBackward0(ViewOperation):
    """One more dimension of size 1. Source: `unsqueeze`, derivatives.yaml."""

    keeps = ("dim",)
    gradients = (lambda grad, dim: squeeze(grad, dim),)

    @staticmethod
    def forward(x: Any, dim: int) -> Any:
        return np.expand_dims(x, dim)


class SqueezeBackward0(ViewOperation):
    """All dimensions of size 1 left out. Source: `squeeze`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "_dims")
    gradients = (lambda grad, sizes, dims: unsqueeze_all(grad, dims),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, dims: Sizes) -> Any:
        return x.squeeze(dims) if dims else x[...]


class SqueezeBackward1(SqueezeBackward0):
    """One dimension left out, if its size is 1. Source: `squeeze.dim`, derivatives.yaml."""


class SqueezeBackward2(SqueezeBackward0):
    """Some dimensions left out, as far as their sizes are 1. Source: `squeeze.dims`, derivatives.yaml."""


class SqueezeBackward4(Operation):
    """One dimension of a fresh result left out in place: how PyTorch ends the product of a vector and a matrix.

    Source: `squeeze_.dim`, derivatives.yaml.
    """

    keeps = ("self_sym_sizes", "_dims")
    gradients = SqueezeBackward0.gradients
    forward = staticmethod(SqueezeBackward0.forward)


def size(x: Any, dim: int | None = None) -> Any:
    """The dimensions of `x`, or one of them.

    Raises: IndexError for a dimension out of range.
    Source: `THPVariable_size`, python_variable_methods.cpp.
    """
    return x.shape if dim is None else x.shape[wrap_dim(dim, len(x.shape))]


def view(x: Any, *size: Any) -> Any:
    """The same memory in the shape `size`, given as one tuple or as numbers; one number may be -1.

    Raises: RuntimeError when the elements don't fit, or don't lie in memory as needed.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    wanted = _resolved(sizes_from(size, "view(): argument 'size'"), math.prod(x.shape))
    if not _is_viewable(x, wanted):
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one dimension spans across two "
            "contiguous subspaces). Use .reshape(...) instead."
        )
    return ViewBackward0.run(x, constants=(tuple(x.shape), wanted))


def reshape(x: Any, *shape: Any) -> Any:
    """The same elements in the shape `shape`: a view where the memory allows it, else a copy.

    Raises: RuntimeError when the elements don't fit.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    wanted = _resolved(sizes_from(shape, "reshape(): argument 'shape'"), math.prod(x.shape))
    if not _is_viewable(x, wanted):
        return unsafe_view(contiguous(x), wanted)
    operation = ViewBackward0 if array_of(x).flags.c_contiguous else ReshapeAliasBackward0
    return operation.run(x, constants=(tuple(x.shape), wanted))


def unsafe_view(x: Any, size: Sizes) -> Any:
    """A fresh result in another shape. Source: aten/src/ATen/native/TensorShape.cpp."""
    return UnsafeViewBackward0.run(x, constants=(tuple(x.shape), size))


def flatten(x: Any, start_dim: int = 0, end_dim: int = -1) -> Any:
    """The dimensions from `start_dim` to `end_dim` made one; `x` itself if it is one already.

    Raises: RuntimeError when the first comes after the last; IndexError for a dimension out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    shape = tuple(x.shape)
    if not shape:
        return reshape(x, (1,))
    start, end = one_dim(start_dim, x), one_dim(end_dim, x)
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if start == end:
        return x
    return reshape(x, (*shape[:start], math.prod(shape[start : end + 1]), *shape[end + 1 :]))


def t(x: Any) -> Any:
    """A matrix with rows and columns exchanged: (n, m) gives (m, n). A vector stays as it is.

    Raises: RuntimeError for a tensor of more than two dimensions.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    if len(x.shape) > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {len(x.shape)}D")
    return TBackward0.run(x)


def transpose(x: Any, dim0: int, dim1: int) -> Any:
    """`x` with two dimensions exchanged.

    Raises: IndexError for a dimension out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    return TransposeBackward0.run(x, constants=(one_dim(dim0, x), one_dim(dim1, x)))


def permute(x: Any, *dims: Any) -> Any:
    """`x` with its dimensions in the order `dims`.

    Raises: RuntimeError unless each dimension is named once; IndexError for one out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    named = sizes_from(dims, "permute(): argument 'dims'")
    if len(named) != len(x.shape):
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
            f"ordering of dimensions i.e. input.dim() = {len(x.shape)} is not equal to len(dims) = {len(named)}"
        )
    order = tuple(one_dim(dim, x) for dim in named)
    if len(set(order)) != len(order):
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    return PermuteBackward0.run(x, constants=(order,))


def reversed_dims(x: Any) -> Any:
    """`x.T`: all dimensions in reverse order, after a warning unless there are two.

    Source: `numpy_T`, aten/src/ATen/native/TensorShape.cpp.
    """
    if not len(x.shape):
        warn_once("Tensor.T is deprecated on 0-D tensors. This function is the identity in these cases.")
    elif len(x.shape) != 2:
        warn_once(
            "The use of `x.T` on tensors of dimension other than 2 to reverse their shape is deprecated and it will "
            "throw an error in a future release. Consider `x.mT` to transpose batches of matrices or "
            "`x.permute(*torch.arange(x.ndim - 1, -1, -1))` to reverse the dimensions of a tensor."
        )
    return permute(x, tuple(reversed(range(len(x.shape)))))


def matrix_transpose(x: Any) -> Any:
    """`x.mT`: the last two dimensions exchanged; `x` itself if it has none.

    Raises: RuntimeError for a tensor of one dimension.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    if not len(x.shape):
        return x
    if len(x.shape) == 1:
        raise RuntimeError(
            f"tensor.mT is only supported on matrices or batches of matrices. Got {len(x.shape)}-D tensor."
        )
    return transpose(x, -2, -1)


def unsqueeze(x: Any, dim: int) -> Any:
    """`x` with a new dimension of size 1 at `dim`.

    Raises: IndexError for a dimension out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    return UnsqueezeBackward0.run(x, constants=(one_dim(dim, x, extra=1),))


def unsqueeze_all(x: Any, dims: Sizes) -> Any:
    """`x` with new dimensions of size 1 at `dims`, which ascend. Source: `unsqueeze_multiple`, FunctionsManual.cpp."""
    for dim in dims:
        x = unsqueeze(x, dim)
    return x


def squeeze(x: Any, dim: int | Sizes = LEFT_OUT) -> Any:
    """`x` without its dimensions of size 1: all of them, or those of `dim`, a number or a tuple.

    Raises: IndexError for a dimension out of range; RuntimeError for one that is named twice.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    shape = tuple(x.shape)
    if dim is LEFT_OUT:
        dims, operation = tuple(range(len(shape))), SqueezeBackward0
    elif isinstance(dim, tuple | list):
        named = sizes_from((dim,), "squeeze(): argument 'dim'")
        dims, operation = tuple(sorted(several_dims(named, x))), SqueezeBackward2
    else:
        dims, operation = (one_dim(dim, x),), SqueezeBackward1
    return operation.run(x, constants=(shape, tuple(d for d in dims if shape and shape[d] == 1)))


def _resolved(size: Sizes, numel: int) -> Sizes:
    """`size` with -1 replaced by what is left for it."""
    if size.count(-1) > 1:
        raise RuntimeError("only one dimension can be inferred")
    for place, n in enumerate(size):
        if n < -1:
            raise RuntimeError(f"invalid shape dimension {n} at index {place} of shape {list(size)}")
    known = math.prod(n for n in size if n != -1)
    if -1 in size and not known and not numel:
        raise RuntimeError(
            f"cannot reshape tensor of 0 elements into shape {list(size)} because the unspecified dimension size -1 "
            "can be any value and is ambiguous"
        )
    wanted = tuple(numel // known if n == -1 and known else n for n in size)
    if math.prod(wanted) != numel:
        raise RuntimeError(f"shape '{list(size)}' is invalid for input of size {numel}")
    return wanted


def _is_viewable(x: Any, size: Sizes) -> bool:
    """True when numpy needs no copy to show `x` in the shape `size`."""
    array = array_of(x)
    if array.flags.c_contiguous:
        return True
    return bool(np.may_share_memory(array, array.reshape(size)))
