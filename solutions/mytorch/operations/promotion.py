"""Which dtype comes out when several go in.

A number never changes the dtype of a tensor of its own kind, a tensor without dimensions never that of one with.
Source: aten/src/ATen/native/TypeProperties.cpp (`result_type`), version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..layout import ordered_like
from .operation import Operation

FLOAT32 = np.dtype(np.float32)
INT64 = np.dtype(np.int64)
BOOL = np.dtype(np.bool_)
_NUMBERS = frozenset((float, int))
_SCALARS = frozenset((np.float32, np.float64))
_RANK = {"b": 0, "i": 1, "u": 1, "f": 2}


class ForeignOperandError(TypeError):
    """An operand that is neither a tensor nor a number: an operator lets Python ask the operand itself.

    Source: `_handle_torch_function_and_wrap_type_error_to_not_implemented`, torch/_tensor.py, version 2.13.
    """

    def __init__(self, value: Any) -> None:
        kind = type(value).__name__
        super().__init__(f"expected a Tensor or a number, but got {kind}: make a tensor of it with torch.tensor(...)")


def promoted(arrays: list[Any]) -> list[Any]:
    """`arrays`, some of which may be Python numbers, in the dtype that PyTorch computes with.

    Raises: ForeignOperandError for anything else, such as a list.
    Source: aten/src/ATen/TensorIterator.cpp.
    """
    first, last = arrays[0], arrays[-1]
    kind = type(last)
    # Most cases are decided quickly: floats of one kind, or a float and a Python number, are as numpy wants them.
    if len(arrays) == 2:
        if type(first) in _SCALARS and (kind is type(first) or kind in _NUMBERS):
            return arrays
        if type(first) is np.ndarray:
            if kind in _NUMBERS and first.dtype.kind == "f":
                return arrays
            if kind is np.ndarray and first.dtype == last.dtype:
                return arrays if first.flags.c_contiguous else [first, ordered_like(first, last)]
    common = result_type(arrays)
    return [
        each.astype(common) if isinstance(each, np.ndarray | np.generic) and each.dtype != common else each
        for each in arrays
    ]


def floating(arrays: list[Any]) -> list[Any]:
    """`arrays` promoted, and whole numbers turned into float32. Source: aten/src/ATen/TensorIterator.cpp."""
    arrays = promoted(arrays)
    if any(_dtype(each).kind == "f" for each in arrays):
        return arrays
    return [np.asarray(each, FLOAT32)[()] for each in arrays]


def result_type(arrays: list[Any]) -> np.dtype[Any]:
    """The common dtype: tensors with dimensions count first, then those without, then numbers.

    Source: aten/src/ATen/native/TypeProperties.cpp.
    """
    common: np.dtype[Any] | None = None
    for priority in (2, 1, 0):
        group = [_dtype(each) for each in arrays if _priority(each) == priority]
        if group:
            # Of several kinds the highest decides alone: int64 and float32 make float32.
            highest = max(_RANK[each.kind] for each in group)
            found = np.result_type(*(each for each in group if _RANK[each.kind] == highest))
            if common is None or _RANK[found.kind] > _RANK[common.kind]:
                common = found
    assert common is not None  # noqa: S101  # an operation has at least one input
    return common


def _priority(value: Any) -> int:
    if isinstance(value, np.ndarray | np.generic):
        return 2 if value.ndim else 1
    return 0


def _dtype(value: Any) -> np.dtype[Any]:
    """The dtype of an array, or the one that a Python number stands for."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return INT64
    if isinstance(value, float):
        return FLOAT32
    raise ForeignOperandError(value)


class Promoting(Operation):
    """An operation that brings its inputs to a common dtype first.

    Source: `result_type`, aten/src/ATen/TensorIterator.cpp.
    """

    prepare = staticmethod(promoted)


class Floating(Operation):
    """A function with real results: whole numbers are taken as float32.

    Source: `promote_integer_inputs_to_float`, aten/src/ATen/TensorIterator.h.
    """

    prepare = staticmethod(floating)
