"""The dtypes: names for numpy's, as PyTorch prints them.

Source: torch/csrc/Dtype.cpp and c10/core/ScalarType.h, version 2.13.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True, repr=False)
class dtype:
    """A kind of number: its PyTorch name, its numpy dtype, and the name of a tensor type that holds it.

    Source: torch/csrc/Dtype.cpp.
    """

    name: str
    numpy: np.dtype[Any]
    tensor_type: str

    @property
    def is_floating_point(self) -> bool:
        """True for the dtypes that can require gradients."""
        return self.numpy.kind == "f"

    @property
    def scalar_type(self) -> str:
        """The name of the kind of number in PyTorch's messages, "Float" for float32."""
        return self.tensor_type.removeprefix("torch.").removesuffix("Tensor")

    def __repr__(self) -> str:
        return f"torch.{self.name}"


float32 = dtype("float32", np.dtype(np.float32), "torch.FloatTensor")
float64 = dtype("float64", np.dtype(np.float64), "torch.DoubleTensor")
int64 = dtype("int64", np.dtype(np.int64), "torch.LongTensor")
bool_ = dtype("bool", np.dtype(np.bool_), "torch.BoolTensor")

_BY_NUMPY = {each.numpy: each for each in (float32, float64, int64, bool_)}


def dtype_of(numpy_dtype: np.dtype[Any]) -> dtype:
    """The dtype of arrays of `numpy_dtype`.

    Raises: TypeError for a kind of number that tensors here don't hold.
    Source: c10/core/ScalarType.h.
    """
    found = _BY_NUMPY.get(numpy_dtype)
    if found is None:
        raise TypeError(
            f"tensors of {numpy_dtype} are not supported: convert the data to float32, float64, int64 or bool"
        )
    return found


def type_name(value: Any) -> str:
    """The name of a value's type in PyTorch's messages: numpy's types with their module, as in C.

    Source: `Py_TYPE(value)->tp_name`, in Python's own API.
    """
    kind = type(value)
    return f"numpy.{kind.__name__}" if kind.__module__ == "numpy" else kind.__name__
