"""Python's numbers and nested lists, as arrays.

Source: torch/csrc/utils/tensor_new.cpp, version 2.13.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from .dtypes import OF_PYTHON, bool_, check_overflow, dtype_of, float32, int64, type_name
from .dtypes import dtype as DType
from .tensor import Tensor

SEQUENCES = (Sequence, np.ndarray)
TEXT = (str, bytes)
OF_NUMBERS = {bool: bool_, int: int64, float: float32}  # in this order, since a bool is an int


def array_of(data: Any, dtype: DType | None = None) -> Any:
    """A fresh numpy array of the numbers in `data`: a number, nested lists, a numpy array or a tensor.

    Shapes: that of the array or tensor; of lists, the length of the outer one, then those of the first ones inside.
    Raises: TypeError for text, or numbers beside lists; ValueError for lists of unequal lengths, or a number too large
    for int64; RuntimeError for other objects.
    Source: `internal_new_from_data`, torch/csrc/utils/tensor_new.cpp.
    """
    if isinstance(data, TEXT):
        raise TypeError(f"new(): invalid data type '{type_name(data)}'")
    array = data.array if isinstance(data, Tensor) else data
    if isinstance(array, np.ndarray):
        return np.array(array, (OF_PYTHON.get(dtype, dtype) or infer_dtype(array)).numpy)
    shape = _shape(array)
    wanted = (OF_PYTHON.get(dtype, dtype) or infer_dtype(array)).numpy
    convert = CONVERT[wanted.kind]
    return np.array([convert(each) for each in _elements(array, shape)], wanted).reshape(shape)


def infer_dtype(data: Any) -> DType:
    """The dtype that holds all numbers in `data`; Python's fractions are float32.

    Raises: RuntimeError for anything but a number; TypeError for text, and for numbers that tensors here don't hold.
    Source: `infer_scalar_type`, torch/csrc/utils/tensor_new.cpp.
    """
    if isinstance(data, Tensor):
        return data.dtype
    if isinstance(data, np.ndarray | np.generic):
        return dtype_of(data.dtype)
    for kind, dtype in OF_NUMBERS.items():
        if isinstance(data, kind):
            return dtype
    if isinstance(data, complex):
        return dtype_of(np.dtype(complex))
    if isinstance(data, TEXT):
        raise TypeError(f"new(): invalid data type '{type_name(data)}'")
    if not isinstance(data, Sequence):
        raise RuntimeError(f"Could not infer dtype of {type_name(data)}")  # noqa: TRY004  # as PyTorch
    found = {infer_dtype(each) for each in data}
    return max(found, key=lambda each: ("bif".index(each.numpy.kind), each.numpy.itemsize), default=float32)


def _shape(data: Any) -> tuple[int, ...]:
    """The lengths of the lists in `data`, as the first ones at each depth have them.

    Raises: ValueError for text among the numbers.
    Source: `compute_sizes`, torch/csrc/utils/tensor_new.cpp.
    """
    sizes = []
    while isinstance(data, SEQUENCES):
        if isinstance(data, TEXT):
            raise ValueError(f"too many dimensions '{type_name(data)}'")  # noqa: TRY004  # as PyTorch
        sizes.append(len(data))
        if not len(data):
            break
        data = data[0]
    return tuple(sizes)


def _elements(data: Any, shape: tuple[int, ...], dim: int = 0) -> Iterator[Any]:
    """What nested lists of this shape hold.

    Raises: ValueError for a list of another length; TypeError where a list should be.
    Source: `recursive_store`, torch/csrc/utils/tensor_new.cpp.
    """
    if dim == len(shape):
        yield data
        return
    if not isinstance(data, SEQUENCES):
        raise TypeError("not a sequence")
    if len(data) != shape[dim]:
        raise ValueError(f"expected sequence of length {shape[dim]} at dim {dim} (got {len(data)})")
    for each in data:
        yield from _elements(each, shape, dim + 1)


def _real(value: Any) -> float:
    if not hasattr(value, "__float__"):
        raise TypeError(f"must be real number, not {type_name(value)}")
    return float(value)


def _whole(value: Any) -> int:
    if isinstance(value, float):
        check_overflow(value, int64.numpy, "int64")
        return int(value)
    number = operator.index(value)
    if not -(2**63) <= number < 2**63:
        raise ValueError("Overflow when unpacking long long")
    return number


CONVERT: dict[str, Callable[[Any], Any]] = {"b": bool, "i": _whole, "f": _real}
