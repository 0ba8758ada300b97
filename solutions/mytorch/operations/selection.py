"""Choosing between elements: where, maximum, minimum, max, min.

Source: tools/autograd/derivatives.yaml and `evenly_distribute_backward`, torch/csrc/autograd/FunctionsManual.cpp,
version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..arguments import LEFT_OUT
from ..layout import ordered_like
from ..size import Sizes, broadcast_shape, one_dim
from ..tensor import Tensor
from .arithmetic import shrink
from .keeping import Keeping
from .operation import Operation, array_of, zeros_like
from .promotion import Promoting, promoted
from .shapes import unsqueeze


class WhereBackward0(Keeping):
    """`self` where the condition holds, `other` elsewhere; the condition has no edge.

    Source: `where.self`, derivatives.yaml.
    """

    last_first = True
    keeps = ("condition",)
    prepare = staticmethod(promoted)
    gradients = (
        lambda grad, condition: WhereBackward0.run(grad, 0.0, constants=(condition,)),
        lambda grad, condition: WhereBackward0.run(0.0, grad, constants=(condition,)),
    )

    @staticmethod
    def forward(x: Any, y: Any, condition: Any) -> Any:
        if not condition.flags.c_contiguous:
            x, y = ordered_like(condition, x), ordered_like(condition, y)
        return np.where(condition, x, y)


class MaskedFillBackward0(Keeping):
    """`self` with a number where the mask is set. Source: `masked_fill.Scalar`, derivatives.yaml."""

    keeps = ("mask", "value")
    gradients = (lambda grad, mask, value: MaskedFillBackward0.run(grad, constants=(mask, 0)),)

    @staticmethod
    def forward(x: Any, mask: Any, value: float) -> Any:
        return np.where(mask, value, x)


class MaskedFillBackward1(Keeping):
    """`self` with a tensor without dimensions where the mask is set. Source: `masked_fill.Tensor`, derivatives.yaml."""

    keeps = ("mask",)
    gradients = (
        lambda grad, mask: MaskedFillBackward0.run(grad, constants=(mask, 0)),
        lambda grad, mask: WhereBackward0.run(grad, 0.0, constants=(mask,)).sum(),
    )

    @staticmethod
    def forward(x: Any, value: Any, mask: Any) -> Any:
        return np.where(mask, value, x)


class ScatterBackward0(Keeping):
    """`self` with `values` at the places `index` along one dimension. Source: `scatter.src`, derivatives.yaml."""

    keeps = ("dim", "index")
    gradients = (
        lambda grad, dim, index: ScatterBackward0.run(grad, zeros_like(grad), constants=(dim, index)),
        lambda grad, dim, index: GatherBackward0.run(grad, constants=(dim, index)),
    )

    @staticmethod
    def forward(x: Any, values: Any, dim: int, index: Any) -> Any:
        result = np.array(x)
        np.put_along_axis(np.atleast_1d(result), np.atleast_1d(index), np.atleast_1d(values), dim)
        return result


class GatherBackward0(Keeping):
    """The elements of `self` at the places `index` along one dimension, no place twice in a row.

    Source: `gather`, derivatives.yaml.
    """

    keeps = ("dim", "index")
    gradients = (lambda grad, dim, index: ScatterBackward0.run(zeros_like(grad), grad, constants=(dim, index)),)

    @staticmethod
    def forward(x: Any, dim: int, index: Any) -> Any:
        return np.take_along_axis(np.atleast_1d(x), np.atleast_1d(index), dim).reshape(index.shape)


def _shared(grad: Any, x: Any, y: Any, loses: Any) -> Any:
    """The gradient of one operand of `maximum` or `minimum`: half of it where both are equal."""
    halved = WhereBackward0.run(shrink(grad, 2), grad, constants=(array_of(x) == array_of(y),))
    return MaskedFillBackward0.run(halved, constants=(loses, 0))


class MaximumBackward0(Promoting):
    """The larger of two elements; where they are equal, each gets half of the gradient.

    Source: `maximum`, derivatives.yaml.
    """

    last_first = True
    saves = {"self": (0, 1), "other": (0, 1)}
    gradients = (
        lambda grad, x, y: _shared(grad, x, y, array_of(x) < array_of(y)),
        lambda grad, x, y: _shared(grad, x, y, array_of(x) > array_of(y)),
    )
    forward = staticmethod(np.maximum)


class MinimumBackward0(Promoting):
    """The smaller of two elements; where they are equal, each gets half of the gradient.

    Source: `minimum`, derivatives.yaml.
    """

    last_first = True
    saves = {"self": (0, 1), "other": (0, 1)}
    gradients = (
        lambda grad, x, y: _shared(grad, x, y, array_of(x) > array_of(y)),
        lambda grad, x, y: _shared(grad, x, y, array_of(x) < array_of(y)),
    )
    forward = staticmethod(np.minimum)


def _to_the_extreme(grad: Any, x: Any, result: Any) -> Any:
    """The gradient of `max()` or `min()`: shared evenly by all elements that are equal to the result."""
    mask = array_of(x) == array_of(result)
    count = np.sum(mask, dtype=array_of(grad).dtype)
    share = grad / (Tensor(count) if isinstance(grad, Tensor) else count)
    return MaskedFillBackward1.run(zeros_like(x), share, constants=(mask,))


class MaxBackward1(Operation):
    """The largest of all elements. Source: `max`, derivatives.yaml."""

    saves = {"self": (0,), "result": (0,)}
    gradients = (_to_the_extreme,)
    forward = staticmethod(np.max)


class MinBackward1(Operation):
    """The smallest of all elements. Source: `min`, derivatives.yaml."""

    saves = {"self": (0,), "result": (0,)}
    gradients = (_to_the_extreme,)
    forward = staticmethod(np.min)


def _to_the_index(grad: Any, sizes: Sizes, dim: int, keepdim: bool, index: Any) -> Any:
    """The gradient of the extremes along `dim`, put at the places where they were found."""
    if sizes and not keepdim:
        grad, index = unsqueeze(grad, dim), unsqueeze(index, dim)
    return ScatterBackward0.run(zeros_like(grad, sizes), grad, constants=(dim, index))


class MaxBackward0(Keeping):
    """The largest elements along a dimension; of equal ones the first. Source: `max.dim`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "dim", "keepdim", "indices")
    gradients = (_to_the_index,)

    @staticmethod
    def forward(x: Any, sizes: Sizes, dim: int, keepdim: bool, index: Any) -> Any:
        places = np.atleast_1d(index) if keepdim or not sizes else np.expand_dims(index, dim)
        return np.take_along_axis(np.atleast_1d(x), places, dim).reshape(index.shape)


class MinBackward0(MaxBackward0):
    """The smallest elements along a dimension; of equal ones the first. Source: `min.dim`, derivatives.yaml."""


def where(condition: Tensor, x: Any, other: Any) -> Any:
    """`x` where `condition` holds, `other` elsewhere, all broadcast; both may be numbers.

    Raises: RuntimeError when `condition` is not of truth values, or the shapes can't be broadcast.
    Source: aten/src/ATen/native/TensorCompare.cpp.
    """
    mask = array_of(condition)
    if mask.dtype != np.bool_:
        raise RuntimeError(
            "where expected condition to be a boolean tensor, but got a tensor with dtype "
            f"{condition.dtype.scalar_type}"
        )
    broadcast_shape(np.shape(mask), broadcast_shape(np.shape(array_of(x)), np.shape(array_of(other))))
    return WhereBackward0.run(_as_input(x, other), _as_input(other, x), constants=(condition,))


def where_of(x: Tensor, condition: Tensor, other: Any) -> Any:
    """`x.where(condition, other)`: `x` where `condition` holds, `other` elsewhere, all broadcast.

    Raises: RuntimeError when `condition` is not of truth values, or the shapes can't be broadcast.
    Source: aten/src/ATen/native/TensorCompare.cpp.
    """
    return where(condition, x, other)


def _as_input(value: Any, other: Any) -> Any:
    """A number beside a number as a tensor, since one input at least has to be one."""
    if isinstance(value, Tensor) or isinstance(other, Tensor):
        return value
    return Tensor(np.asarray(value, np.float32 if isinstance(value, float) else None)[()])


def maximum(x: Any, other: Tensor) -> Any:
    """The larger of each two elements, broadcast.

    Raises: RuntimeError when the shapes can't be broadcast.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return MaximumBackward0.run(x, other)


def minimum(x: Any, other: Tensor) -> Any:
    """The smaller of each two elements, broadcast.

    Raises: RuntimeError when the shapes can't be broadcast.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return MinimumBackward0.run(x, other)


def reduce_max(x: Any, dim: int | Tensor = LEFT_OUT, keepdim: bool = False) -> Any:
    """The largest element; along a dimension `(values, indices)`; with a tensor for `dim`, `maximum`.

    Shapes: () for all elements; else that of `x` without `dim`, or with size 1 there for `keepdim`.
    Raises: RuntimeError when there is no element; IndexError for a dimension that has none, or is out of range.
    Source: aten/src/ATen/native/ReduceAllOps.cpp and TensorCompare.cpp.
    """
    if isinstance(dim, Tensor):
        return maximum(x, dim)
    _check_some("max", x, dim)
    if dim is LEFT_OUT:
        return MaxBackward1.run(x)
    return return_types.max(*_along(MaxBackward0, np.argmax, x, dim, keepdim))


def reduce_min(x: Any, dim: int | Tensor = LEFT_OUT, keepdim: bool = False) -> Any:
    """The smallest element; along a dimension `(values, indices)`; with a tensor for `dim`, `minimum`.

    Shapes: () for all elements; else that of `x` without `dim`, or with size 1 there for `keepdim`.
    Raises: RuntimeError when there is no element; IndexError for a dimension that has none, or is out of range.
    Source: aten/src/ATen/native/ReduceAllOps.cpp and TensorCompare.cpp.
    """
    if isinstance(dim, Tensor):
        return minimum(x, dim)
    _check_some("min", x, dim)
    if dim is LEFT_OUT:
        return MinBackward1.run(x)
    return return_types.min(*_along(MinBackward0, np.argmin, x, dim, keepdim))


def _check_some(name: str, x: Tensor, dim: int) -> None:
    """Refuse to look for the extreme of nothing.

    Raises: RuntimeError with PyTorch's text; IndexError for a dimension without places.
    """
    if dim is not LEFT_OUT and x.ndim and not x.shape[one_dim(dim, x)]:
        raise IndexError(f"{name}(): Expected reduction dim {one_dim(dim, x)} to have non-zero size.")
    if dim is LEFT_OUT and not x.numel():
        raise RuntimeError(
            f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with "
            "the 'dim' argument."
        )


def _along(operation: type[Operation], find: Any, x: Any, dim: int, keepdim: bool) -> tuple[Any, Tensor]:
    """The extremes of `x` along `dim`, and where they are."""
    dim = one_dim(dim, x)
    sizes = tuple(x.shape)
    index = Tensor(np.asarray(find(x.array, axis=dim if sizes else None, keepdims=keepdim)))
    return operation.run(x, constants=(sizes, dim, keepdim, index)), index
