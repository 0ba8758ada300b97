"""What a node remembers about each of its inputs: enough to check and reduce a gradient.

Source: torch/csrc/autograd/input_metadata.h, version 2.13.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(slots=True)
class InputMetadata:
    """Shape and numpy dtype of a forward result, and so of the gradient that comes back for it.

    Source: `struct InputMetadata`, torch/csrc/autograd/input_metadata.h.
    """

    shape: tuple[int, ...]
    dtype: Any

    @classmethod
    def of(cls, tensor: Any) -> InputMetadata:
        """The metadata of `tensor`.

        Shapes: `shape` is the tensor's own, `()` for a tensor without dimensions.
        """
        array = tensor.array
        return OF_SCALARS.get(type(array)) or cls(array.shape, array.dtype)

    def fits(self, array: Any) -> bool:
        """Whether `array` has this shape and dtype."""
        return bool(array.shape == self.shape and array.dtype == self.dtype)


# All tensors without dimensions that are kept as numpy scalars of one kind share one record.
OF_SCALARS = {kind: InputMetadata((), np.dtype(kind)) for kind in (np.float32, np.float64)}
