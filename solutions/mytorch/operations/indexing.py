"""Indexing: each integer, slice or list of a key is a node of its own.

Source: torch/csrc/autograd/python_variable_indexing.cpp, version 2.13.
"""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from ..size import Sizes, one_dim
from ..tensor import Tensor
from .keeping import Keeping
from .keys import FULL, as_places, check_places, count_dims, is_flag, is_integer, parts_of
from .operation import Operation, zeros_like
from .shapes import unsqueeze
from .views import ViewOperation


class SelectBackward0(ViewOperation):
    """One place along a dimension, which is left out. Source: `select.int`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "dim", "index")
    gradients = (lambda grad, *place: SelectBackwardBackward0.run(grad, constants=place),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, dim: int, index: int) -> Any:
        return x[(FULL,) * dim + (index, ...)]


class SelectBackwardBackward0(Operation):
    """Zeros, with the gradient at one place along a dimension. Source: `select_backward`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "dim", "index")
    gradients = (lambda grad, *place: SelectBackward0.run(grad, constants=place),)

    @staticmethod
    def forward(grad: Any, sizes: Sizes, dim: int, index: int) -> Any:
        result = np.zeros(sizes, grad.dtype)
        result[(FULL,) * dim + (index,)] = grad
        return result


class SliceBackward0(ViewOperation):
    """A range of places along a dimension. Source: `slice.Tensor`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "dim", "start", "end", "step")
    gradients = (lambda grad, *places: SliceBackwardBackward0.run(grad, constants=places),)

    @staticmethod
    def forward(x: Any, sizes: Sizes, dim: int, start: int, end: int, step: int) -> Any:
        return x[(FULL,) * dim + (slice(start, end, step),)]


class SliceBackwardBackward0(Operation):
    """Zeros, with the gradient at a range of places along a dimension. Source: `slice_backward`, derivatives.yaml."""

    keeps = ("self_sym_sizes", "dim", "start", "end", "step")
    gradients = (lambda grad, *places: SliceBackward0.run(grad, constants=places),)

    @staticmethod
    def forward(grad: Any, sizes: Sizes, dim: int, start: int, end: int, step: int) -> Any:
        result = np.zeros(sizes, grad.dtype)
        result[(FULL,) * dim + (slice(start, end, step),)] = grad
        return result


class AliasBackward0(ViewOperation):
    """All of it. Source: `alias`, derivatives.yaml."""

    gradients = (lambda grad: grad,)

    @staticmethod
    def forward(x: Any) -> Any:
        return x[...]


class IndexBackward0(Keeping):
    """The places in lists of indices, or under a mask; a place named twice gets both gradients.

    Source: `index.Tensor`, derivatives.yaml.
    """

    keeps = ("self_sym_sizes", "indices")
    gradients = (
        lambda grad, sizes, key: IndexPutImplBackward0.run(zeros_like(grad, sizes), grad, constants=(key, True)),
    )

    @staticmethod
    def forward(x: Any, sizes: Sizes, key: tuple[Any, ...]) -> Any:
        check_places(x.shape, key)
        picked = x[key]
        memory = _memory_for(picked, x, key)
        memory[...] = picked
        return memory


class IndexPutImplBackward0(Keeping):
    """`self` with `values` added at indexed places. Source: `_index_put_impl_`, derivatives.yaml."""

    keeps = ("indices", "accumulate")
    gradients = (
        lambda grad, key, _: grad,
        lambda grad, key, _: IndexBackward0.run(grad, constants=(tuple(grad.shape), key)),
    )

    @staticmethod
    def forward(x: Any, values: Any, key: tuple[Any, ...], accumulate: bool) -> Any:
        result = x.copy()
        np.add.at(result, key, values)
        return result


def select(x: Any, dim: int, index: int) -> Any:
    """Place `index` along `dim`, in the shape of `x` without it.

    Raises: IndexError when there is no such place, or no such dimension.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    if not len(x.shape):
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    dim = one_dim(dim, x)
    size, index = x.shape[dim], operator.index(index)
    if not -size <= index < size:
        raise IndexError(f"select(): index {index} out of range for tensor of size {list(x.shape)} at dimension {dim}")
    return SelectBackward0.run(x, constants=(tuple(x.shape), dim, index))


def narrow(x: Any, dim: int, start: int, length: int) -> Any:
    """`length` places along `dim`, from `start` on, which may be counted from the end; other dimensions stay.

    Raises: RuntimeError when there are not so many; IndexError for a start or a dimension out of range.
    Source: aten/src/ATen/native/TensorShape.cpp.
    """
    if not len(x.shape):
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    if length < 0:
        raise RuntimeError("narrow(): length must be non-negative.")
    dim = one_dim(dim, x)
    size = x.shape[dim]
    if not -size <= start <= size:
        raise IndexError(f"start out of range (expected to be in range of [{-size}, {size}], but got {start})")
    first = start + size if start < 0 else start
    if first + length > size:
        raise RuntimeError(f"start ({first}) + length ({length}) exceeds dimension size ({size}).")
    return cut(x, dim, first, first + length, 1)


def cut(x: Any, dim: int, start: int, end: int, step: int) -> Any:
    """The places `start:end:step` along `dim`. Source: aten/src/ATen/native/TensorShape.cpp."""
    return SliceBackward0.run(x, constants=(tuple(x.shape), dim, start, end, step))


def index(x: Tensor, key: Any) -> Tensor:
    """`x[key]`.

    Shapes: a number leaves its dimension out, a slice keeps it, None adds one of size 1, lists of indices bring theirs.
    Raises: IndexError for a key that doesn't fit; ValueError for a step that is not positive; TypeError for text.
    Source: `THPVariable_getitem`, torch/csrc/autograd/python_variable_indexing.cpp.
    """
    viewed, places = basic_index(x, key)
    if not places:
        return viewed
    result: Tensor = IndexBackward0.run(viewed, constants=(tuple(viewed.array.shape), places))
    return result


def basic_index(x: Tensor, key: Any) -> tuple[Tensor, tuple[Any, ...]]:
    """The part of `x[key]` that is a view, and the lists of indices or masks that are left to apply to it.

    Raises: IndexError for a key that doesn't fit `x`; ValueError for a slice that goes backward.
    Source: `applySlicing`, torch/csrc/autograd/python_variable_indexing.cpp.
    """
    if isinstance(key, slice):
        return _slice(x, 0, key), ()
    if is_integer(key) and not x.ndim:
        raise IndexError(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a "
            "0-dim tensor to a number"
        )
    parts = parts_of(key)
    left = x.ndim - count_dims(parts)  # the dimensions that an ellipsis stands for
    if left < 0:
        raise IndexError(f"too many indices for tensor of dimension {x.ndim}")
    result, dim = x, 0
    places: list[Any] = []
    for position, part in enumerate(parts):
        if part is Ellipsis:
            places += [FULL] * left
            dim += left
        elif part is None or is_flag(part):
            # A new dimension; of a truth value, a list takes its only place, or none.
            result, dim = unsqueeze(result, dim), dim + 1
            places.append(FULL if part is None else Tensor(np.zeros(int(bool(part)), np.int64)))
        elif isinstance(part, slice):
            result, dim = result if part == FULL else _slice(result, dim, part), dim + 1
            places.append(FULL)
        elif is_integer(part):
            result = _at(result, dim, int(part), position)
        else:
            places.append(as_places(part))
            dim += places[-1].ndim if places[-1].array.dtype == np.bool_ else 1
    if any(place is not FULL for place in places):
        return result, tuple(places)
    return AliasBackward0.run(x) if result is x else result, ()


def _at(x: Tensor, dim: int, index: int, position: int) -> Any:
    """Place `index` along `dim`, for the part of a key that stands at `position`."""
    size = x.array.shape[dim]
    if not -size <= index < size:
        raise IndexError(f"index {index} is out of bounds for dimension {position} with size {size}")
    return select(x, dim, index)


def _slice(x: Tensor, dim: int, part: slice) -> Tensor:
    """A slice along `dim`, its ends counted from the front."""
    if not x.ndim:
        raise IndexError("slice() cannot be applied to a 0-dim tensor.")
    if part.step is not None and part.step < 0:
        raise ValueError("step must be greater than zero")
    start, end, step = part.indices(x.array.shape[dim])
    result: Tensor = cut(x, dim, start, max(start, end), step)
    return result


def _memory_for(picked: Any, x: Any, key: tuple[Any, ...]) -> Any:
    """Memory for `x[key]` in PyTorch's order, which later decides whether `contiguous()` has to copy.

    The dimensions that are kept lie as in `x`, those of the indices as they come.
    Source: `restride_src` and `AdvancedIndex`, aten/src/ATen/native/TensorAdvancedIndexing.cpp, version 2.13.
    """
    widths = [place.ndim if place is not FULL and place.dtype == np.bool_ else 1 for place in key]
    axes = [sum(widths[:at]) + more for at, place in enumerate(key) if place is not FULL for more in range(widths[at])]
    first = axes[0] if axes[-1] - axes[0] < len(axes) else 0
    kept = [stride for axis, stride in enumerate(x.strides) if axis not in axes]
    new = picked.ndim - len(kept)
    outermost = _fastest_first((*kept[:first], *[0] * new, *kept[first:]))[::-1]
    return np.empty([picked.shape[axis] for axis in outermost], x.dtype).transpose(np.argsort(outermost))


def _fastest_first(strides: tuple[int, ...]) -> list[int]:
    """The dimensions from the one with the smallest stride on; one of stride 0 stays where it is, if it can.

    Source: `TensorIteratorBase::reorder_dimensions`, aten/src/ATen/TensorIterator.cpp, version 2.13.
    """
    order = list(reversed(range(len(strides))))
    for start in range(1, len(order)):
        at = start
        for before in reversed(range(start)):
            inner, outer = strides[order[before]], strides[order[at]]
            if inner and outer and inner > outer:
                order[before], order[at] = order[at], order[before]
                at = before
            elif bool(inner) == bool(outer):
                break
    return order
