"""`Size`: the shape of a tensor, a tuple that prints as PyTorch's.

Source: torch/csrc/Size.cpp, version 2.13.
"""

from __future__ import annotations

import math


class Size(tuple[int, ...]):
    """A tuple of dimensions. Source: torch/csrc/Size.cpp."""

    __slots__ = ()

    def numel(self) -> int:
        """The number of elements of a tensor of this shape, 1 for `()`."""
        return math.prod(self)

    def __repr__(self) -> str:
        return f"torch.Size({list(self)})"
