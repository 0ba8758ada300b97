"""`Size`: the shape of a tensor, a tuple that prints as PyTorch's; and how its dimensions are counted.

Source: torch/csrc/Size.cpp and c10/core/WrapDimMinimal.h, version 2.13.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from typing import Any, SupportsIndex, overload

from .dtypes import type_name

Sizes = tuple[int, ...]


class Size(tuple[int, ...]):
    """A tuple of dimensions. Source: torch/csrc/Size.cpp."""

    __slots__ = ()

    def numel(self) -> int:
        """The number of elements of a tensor of this shape, 1 for `()`."""
        return math.prod(self)

    @overload
    def __getitem__(self, place: SupportsIndex) -> int: ...

    @overload
    def __getitem__(self, place: slice) -> Size: ...

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        return Size(found) if isinstance(place, slice) else found

    def __add__(self, other: Any) -> Any:
        return Size(super().__add__(other))

    def __radd__(self, other: tuple[int, ...]) -> Size:
        return Size(other + tuple(self))

    def __mul__(self, times: SupportsIndex) -> Size:
        return Size(super().__mul__(times))

    __rmul__ = __mul__

    def __repr__(self) -> str:
        return f"torch.Size({list(self)})"


def sizes_from(size: tuple[Any, ...], argument: str) -> tuple[int, ...]:
    """Sizes given as one tuple or list, or as separate numbers, for the `argument` that messages name.

    Raises: TypeError for anything but whole numbers.
    Source: `PythonArgs::symintlist`, torch/csrc/utils/python_arg_parser.h.
    """
    sizes = tuple(size[0]) if len(size) == 1 and isinstance(size[0], tuple | list) else size
    for place, each in enumerate(sizes):
        if not place and not is_whole(each):
            raise TypeError(f"{argument} (position 1) must be tuple of ints, not {type_name(each)}")
        if not is_index(each):
            raise TypeError(
                f'{argument} failed to unpack the object at pos {place + 1} with error "type must be tuple of ints,but '
                f'got {type_name(each)}"'
            )
    return tuple(map(operator.index, sizes))


def is_whole(value: Any) -> bool:
    """Whether `value` is a whole number, and no truth value.

    Source: `THPUtils_checkIndex`, torch/csrc/utils/python_numbers.h.
    """
    return not isinstance(value, bool) and is_index(value)


def is_index(value: Any) -> bool:
    """Whether Python takes `value` for a whole number, as it does a tensor with one in it.

    Source: `THPUtils_checkIndex`, torch/csrc/utils/python_numbers.h.
    """
    try:
        operator.index(value)
    except TypeError:
        return False
    return True


def wrap_dim(dim: int, count: int) -> int:
    """`dim`, one of `count` dimensions, counted from the front.

    Raises: IndexError when there is no such dimension; TypeError for anything but a whole number.
    Source: `maybe_wrap_dim`, c10/core/WrapDimMinimal.h.
    """
    if not is_whole(dim):
        raise TypeError(f"argument 'dim' must be int, not {type_name(dim)}")
    dim = operator.index(dim)
    if not count:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    if not -count <= dim < count:
        raise IndexError(f"Dimension out of range (expected to be in range of [{-count}, {count - 1}], but got {dim})")
    return dim % count


def one_dim(dim: int, x: Any, extra: int = 0) -> int:
    """`dim` counted from the front, in a tensor that has `extra` dimensions more than `x`, but one at least.

    Source: `maybe_wrap_dim`, c10/core/WrapDimMinimal.h.
    """
    return wrap_dim(dim, max(len(x.shape) + extra, 1))


def several_dims(dims: Iterable[int], x: Any) -> tuple[int, ...]:
    """`dims` counted from the front.

    Raises: RuntimeError for a dimension that is named twice.
    Source: `dim_list_to_bitset`, aten/src/ATen/WrapDimUtilsMulti.h.
    """
    found = tuple(one_dim(each, x) for each in dims)
    for place, each in enumerate(found):
        if each in found[:place]:
            raise RuntimeError(f"dim {each} appears multiple times in the list of dims")
    return found


def is_expandable(small: tuple[int, ...], large: tuple[int, ...]) -> bool:
    """True when broadcasting can turn shape `small` into shape `large`. Source: aten/src/ATen/ExpandUtils.h."""
    tail = large[len(large) - len(small) :] if len(small) <= len(large) else None
    return tail is not None and all(a in (b, 1) for a, b in zip(small, tail, strict=True))


def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """The shape to which tensors of shapes `a` and `b` are broadcast together.

    Raises: RuntimeError when they don't fit each other.
    Source: `infer_size`, aten/src/ATen/ExpandUtils.cpp.
    """
    width = max(len(a), len(b))
    pairs = list(zip((1,) * (width - len(a)) + a, (1,) * (width - len(b)) + b, strict=True))
    for dim in reversed(range(width)):
        m, n = pairs[dim]
        if m != n and 1 not in (m, n):
            raise RuntimeError(
                f"The size of tensor a ({m}) must match the size of tensor b ({n}) at non-singleton dimension {dim}"
            )
    return tuple(m if n == 1 else n for m, n in pairs)
