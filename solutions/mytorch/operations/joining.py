"""Joining tensors, and taking them apart: nodes with many inputs, and nodes with many outputs.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ..dtypes import type_name
from ..grad_mode import state
from ..recording import compute_requires_grad, make_node, set_history
from ..size import Sizes, is_whole, one_dim, sizes_from, wrap_dim
from ..tensor import Tensor
from .indexing import cut, select
from .operation import ManyOperation, zeros_like
from .promotion import promoted
from .views import View, mark_siblings


class CatBackward0(ManyOperation):
    """Tensors one after the other along a dimension: one edge each. Source: `cat`, derivatives.yaml."""

    keeps = ("dim", "_sizes")
    prepare = staticmethod(promoted)

    @staticmethod
    def forward(*parts: Any) -> Any:
        *arrays, dim, _ = parts
        return np.ascontiguousarray(np.concatenate(arrays, dim))

    def backward(self, gradients: Sequence[Any]) -> Sequence[Any]:
        """To each input its own range of the gradient."""
        (grad,), (dim, sizes) = gradients, self.constants
        ends = np.cumsum(sizes).tolist()
        return [cut(grad, dim, end - size, end, 1) for size, end in zip(sizes, ends, strict=True)]


class StackBackward0(ManyOperation):
    """Tensors of one shape along a new dimension: one edge each. Source: `stack`, derivatives.yaml."""

    keeps = ("dim",)
    prepare = staticmethod(promoted)

    @staticmethod
    def forward(*parts: Any) -> Any:
        *arrays, dim = parts
        return np.ascontiguousarray(np.stack(arrays, dim))

    def backward(self, gradients: Sequence[Any]) -> Sequence[Any]:
        """To each input its own place of the gradient."""
        (grad,), (dim,) = gradients, self.constants
        return [select(grad, dim, place) for place in range(len(self.next_edges))]


class SeveralViews(ManyOperation):
    """An operation that returns several views at once; each is an output of one and the same node.

    Source: `CreationMeta::MULTI_OUTPUT_NODE`, torch/csrc/autograd/variable.h.
    """

    @classmethod
    def run_all(cls, x: Any, constants: tuple[Any, ...]) -> tuple[Any, ...]:
        """The views: arrays of an array, Tensors (recorded where needed) of a Tensor."""
        if not isinstance(x, Tensor):
            return tuple(cls.forward(x, *constants))
        arrays = cls.forward(x.memory(), *constants)
        views = [View(array, x, (cls._one_of, (place, constants))) for place, array in enumerate(arrays)]
        node = make_node(cls, (x,), constants) if compute_requires_grad(x) else None
        if state.enabled:
            mark_siblings(views)
        if node is not None:
            for view in views:
                set_history(view, node)
        return tuple(views)

    @classmethod
    def _one_of(cls, x: Any, place: int, constants: tuple[Any, ...]) -> Any:
        return cls.forward(x, *constants)[place]

    def filled(self, gradients: Sequence[Any], shapes: Sequence[Sizes]) -> list[Any]:
        """`gradients` with zeros for the outputs that nobody used."""
        known = next((gradient for gradient in gradients if gradient is not None), None)
        return [
            zeros_like(known, shape) if gradient is None else gradient
            for gradient, shape in zip(gradients, shapes, strict=True)
        ]


class UnbindBackward0(SeveralViews):
    """All places along a dimension, which is left out. Source: `unbind.int`, derivatives.yaml."""

    keeps = ("dim", "_shapes")

    @staticmethod
    def forward(x: Any, dim: int, shapes: Sequence[Sizes]) -> Any:
        return [x[(slice(None),) * dim + (place, ...)] for place in range(x.shape[dim])]

    def backward(self, gradients: Sequence[Any]) -> Sequence[Any]:
        """The gradients of the outputs, stacked."""
        dim, shapes = self.constants
        return [StackBackward0.run(*self.filled(gradients, shapes), constants=(dim,))]


class Ranges(SeveralViews):
    """Ranges along a dimension. Source: tools/autograd/derivatives.yaml."""

    @staticmethod
    def forward(x: Any, dim: int, sizes: Sizes, split_sizes: Sizes, *_: int) -> Any:
        return np.split(x, np.cumsum(split_sizes)[:-1], dim)

    def backward(self, gradients: Sequence[Any]) -> Sequence[Any]:
        """The gradients of the outputs, one after the other."""
        dim, sizes, split_sizes = self.constants[:3]
        shapes = [(*sizes[:dim], size, *sizes[dim + 1 :]) for size in split_sizes]
        return [CatBackward0.run(*self.filled(gradients, shapes), constants=(dim, split_sizes))]


class SplitBackward0(Ranges):
    """Ranges of equal size along a dimension; the last one may be shorter. Source: `split.Tensor`, derivatives.yaml."""

    keeps = ("dim", "self_sym_sizes", "_split_sizes", "split_size")


class SplitWithSizesBackward0(Ranges):
    """Ranges of given sizes along a dimension. Source: `split_with_sizes`, derivatives.yaml."""

    keeps = ("dim", "self_sym_sizes", "split_sizes")


def check_all_tensors(name: str, tensors: Any) -> None:
    """Refuse anything but a list of tensors.

    Raises: TypeError with PyTorch's text.
    Source: torch/csrc/utils/python_arg_parser.cpp.
    """
    if not isinstance(tensors, list | tuple):
        kind = type_name(tensors)
        raise TypeError(f"{name}(): argument 'tensors' (position 1) must be tuple of Tensors, not {kind}")
    for place, each in enumerate(tensors):
        if not isinstance(each, Tensor):
            raise TypeError(f"expected Tensor as element {place} in argument 0, but got {type_name(each)}")


def cat(tensors: Sequence[Any], dim: int = 0) -> Any:
    """`tensors` one after the other along `dim`: (n, k) and (m, k) give (n + m, k).

    Raises: ValueError for an empty list; TypeError for anything but a list of tensors; RuntimeError when they don't fit
    each other; IndexError for a dimension out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    check_all_tensors("cat", tensors)
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    for place, each in enumerate(tensors):
        if not len(each.shape):
            raise RuntimeError(f"zero-dimensional tensor (at position {place}) cannot be concatenated")
    first = tensors[0]
    dim = one_dim(dim, first)
    for place, each in enumerate(tensors):
        if len(each.shape) != len(first.shape):
            raise RuntimeError(
                f"Tensors must have same number of dimensions: got {len(first.shape)} and {len(each.shape)}"
            )
        for axis, (a, b) in enumerate(zip(first.shape, each.shape, strict=True)):
            if a != b and axis != dim:
                raise RuntimeError(
                    f"Sizes of tensors must match except in dimension {dim}. Expected size {a} but got size {b} for "
                    f"tensor number {place} in the list."
                )
    return CatBackward0.run(*tensors, constants=(dim, tuple(each.shape[dim] for each in tensors)))


def stack(tensors: Sequence[Any], dim: int = 0) -> Any:
    """`tensors` of one shape along a new dimension `dim`: (k,) and (k,) give (2, k).

    Raises: TypeError for anything but a list of tensors; RuntimeError for an empty list, or when the shapes differ;
    IndexError for a dimension out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    check_all_tensors("stack", tensors)
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    first = tuple(tensors[0].shape)
    for place, each in enumerate(tensors):
        if tuple(each.shape) != first:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(first)} at entry 0 and "
                f"{list(each.shape)} at entry {place}"
            )
    return StackBackward0.run(*tensors, constants=(one_dim(dim, tensors[0], extra=1),))


def unbind(x: Any, dim: int = 0) -> tuple[Any, ...]:
    """All places along `dim`, as views in the shape of `x` without it.

    Raises: IndexError for a dimension out of range, as all are for a tensor without dimensions.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    dim = wrap_dim(dim, len(x.shape))
    shape = (*x.shape[:dim], *x.shape[dim + 1 :])
    return UnbindBackward0.run_all(x, (dim, (shape,) * x.shape[dim]))


def iterate(x: Any) -> Iterator[Any]:
    """`for row in x`: each in the shape of `x` without the first dimension.

    Raises: TypeError for a tensor without dimensions.
    Source: `__iter__`, torch/_tensor.py.
    """
    if not len(x.shape):
        raise TypeError("iteration over a 0-d tensor")
    return iter(unbind(x))


def split(x: Any, split_size_or_sections: Any, dim: int = 0) -> tuple[Any, ...]:
    """Ranges along `dim`, as views: of one size, or of the sizes in a list; other dimensions stay.

    Raises: RuntimeError for a tensor without dimensions, a size that is not positive, or sizes that don't add up;
    IndexError for a dimension out of range; TypeError for anything but sizes.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    if not len(x.shape):
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    dim = one_dim(dim, x)
    length, sizes = x.shape[dim], tuple(x.shape)
    # PyTorch takes numbers of numpy's for no size here.
    if not isinstance(split_size_or_sections, int | Tensor) or not is_whole(split_size_or_sections):
        wanted = _sections(split_size_or_sections)
        if sum(wanted) != length:
            raise RuntimeError(
                f"split_with_sizes expects split_sizes to sum exactly to {length} (input tensor's size at dimension "
                f"{dim}), but got split_sizes={list(wanted)}"
            )
        if min(wanted, default=0) < 0:
            raise RuntimeError(
                f"split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes="
                f"{list(wanted)}"
            )
        return SplitWithSizesBackward0.run_all(x, (dim, sizes, wanted))
    size = operator.index(split_size_or_sections)
    if size < 0 or (size == 0 and length):
        raise RuntimeError(
            f"split_size can only be 0 if dimension size is 0, but got dimension size of {length}"
            if size == 0
            else f"split expects split_size be non-negative, but got split_size={size}"
        )
    full = [size] * (length // size) if size else []
    wanted = tuple([*full, length % size] if size and length % size else full) or (length,)
    return SplitBackward0.run_all(x, (dim, sizes, wanted, size))


def _sections(sizes: Any) -> Sizes:
    """The sizes of parts.

    Raises: TypeError for anything but a tuple or list of whole numbers.
    """
    argument = "split_with_sizes(): argument 'split_sizes'"
    if not isinstance(sizes, tuple | list):
        raise TypeError(f"{argument} (position 2) must be tuple of ints, not {type_name(sizes)}")
    return sizes_from((sizes,), argument)


def chunk(x: Any, chunks: int, dim: int = 0) -> tuple[Any, ...]:
    """At most `chunks` ranges of equal size along `dim`, as views; other dimensions stay.

    Raises: RuntimeError for a tensor without dimensions, or when `chunks` is not positive; IndexError for a dimension
    out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    if not len(x.shape):
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    chunks = operator.index(chunks)
    if chunks <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    size = x.shape[one_dim(dim, x)]
    return split(x, math.ceil(size / chunks) if size else [0] * chunks, dim)
