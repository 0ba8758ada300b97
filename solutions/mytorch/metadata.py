"""What a node remembers about each of its inputs: enough to check and reduce a gradient.

Source: torch/csrc/autograd/input_metadata.h, version 2.13.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class InputMetadata:
    """Shape and numpy dtype of a forward result, and so of the gradient that comes back for it."""

    shape: tuple[int, ...]
    dtype: Any

    @classmethod
    def of(cls, tensor: Any) -> InputMetadata:
        """The metadata of `tensor`.

        Shapes: `shape` is the tensor's own, `()` for a scalar.
        """
        array = tensor.array
        return cls(array.shape, array.dtype)
