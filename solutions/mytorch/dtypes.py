"""The dtypes: names for numpy's, as PyTorch prints them.

Source: torch/csrc/Dtype.cpp and c10/core/ScalarType.h, version 2.13.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True, repr=False)
class dtype:
    """A kind of number: its PyTorch name, its numpy dtype, and how messages call it: "Long", in C++ "long int".

    Source: torch/csrc/Dtype.cpp and c10/core/ScalarType.h.
    """

    name: str
    numpy: np.dtype[Any]
    scalar_type: str
    cpp_name: str

    @property
    def is_floating_point(self) -> bool:
        """True for the dtypes that can require gradients."""
        return self.numpy.kind == "f"

    @property
    def tensor_type(self) -> str:
        """The name of the tensors of this dtype, in Python's messages."""
        return f"torch.{self.scalar_type}Tensor"

    @property
    def cpp_tensor_type(self) -> str:
        """Their name in messages from C++, which calls those of truth values otherwise."""
        return "CPUBoolType" if self.scalar_type == "Bool" else self.tensor_type

    def __repr__(self) -> str:
        return f"torch.{self.name}"


float32 = dtype("float32", np.dtype(np.float32), "Float", "float")
float64 = dtype("float64", np.dtype(np.float64), "Double", "double")
int64 = dtype("int64", np.dtype(np.int64), "Long", "long int")
bool_ = dtype("bool", np.dtype(np.bool_), "Bool", "bool")

OF_PYTHON: dict[Any, dtype] = {float: float64, int: int64, bool: bool_}
DTYPES = (float32, float64, int64, bool_, *OF_PYTHON)  # all that may be given for a dtype

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


def check_overflow(value: Any, dtype: np.dtype[Any], whole: str = "int64_t") -> None:
    """Refuse a number that is too large for memory of a dtype; `whole` is what that of whole numbers is called.

    Raises: RuntimeError with PyTorch's text.
    Source: `checked_convert`, c10/util/TypeCast.h.
    """
    if dtype.kind == "i":
        fits = -(2**63) <= value < 2**63
    else:
        fits = dtype.kind == "b" or abs(value) <= np.finfo(dtype).max or not math.isfinite(value)
    if not fits:
        name = whole if dtype.kind == "i" else dtype_of(dtype).cpp_name
        raise RuntimeError(f"value cannot be converted to type {name} without overflow")


def type_name(value: Any) -> str:
    """The name of a value's type in PyTorch's messages: numpy's types with their module, as in C.

    Source: `Py_TYPE(value)->tp_name`, in Python's own API.
    """
    kind = type(value)
    return f"numpy.{kind.__name__}" if kind.__module__ == "numpy" else kind.__name__


def check_kernel(name: str, dtype: np.dtype[Any], kinds: str = "if") -> None:
    """Refuse arrays of a dtype for which PyTorch's kernel `name` is not written; most know no truth values.

    Raises: NotImplementedError with PyTorch's text.
    Source: `AT_DISPATCH_SWITCH`, aten/src/ATen/Dispatch.h.
    """
    if dtype.kind not in kinds:
        raise NotImplementedError(f"\"{name}\" not implemented for '{dtype_of(dtype).scalar_type}'")
