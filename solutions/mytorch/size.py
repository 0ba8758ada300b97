"""`Size`: the shape of a tensor, a tuple that prints as PyTorch's; and how its dimensions are counted.

Source: torch/csrc/Size.cpp and c10/core/WrapDimMinimal.h, version 2.13.
"""

from __future__ import annotations

import math
from typing import Any, SupportsIndex, overload

from .dtypes import type_name


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

    def __repr__(self) -> str:
        return f"torch.Size({list(self)})"


def wrap_dim(dim: int, count: int) -> int:
    """`dim`, one of `count` dimensions, counted from the front.

    Raises: IndexError when there is no such dimension; TypeError for what is no number.
    Source: `maybe_wrap_dim`, c10/core/WrapDimMinimal.h.
    """
    if not hasattr(dim, "__index__"):
        raise TypeError(f"argument 'dim' must be int, not {type_name(dim)}")
    if not count:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    if not -count <= dim < count:
        raise IndexError(f"Dimension out of range (expected to be in range of [{-count}, {count - 1}], but got {dim})")
    return dim % count
