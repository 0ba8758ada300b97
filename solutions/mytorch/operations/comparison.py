"""Comparisons and other functions whose results have no gradient.

Source: torch/csrc/autograd/generated/VariableType (operations without a derivative), version 2.13.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from ..tensor import Tensor
from .operation import array_of
from .promotion import ForeignOperandError
from .shapes import one_dim

OPERANDS = (Tensor, int, float, np.ndarray, np.generic)


def _comparison(compare: Callable[[Any, Any], Any], word: str) -> Callable[[Tensor, Any], Tensor]:
    def compared(x: Tensor, other: Any) -> Tensor:
        if not isinstance(other, OPERANDS):
            raise ForeignOperandError(other)
        return Tensor(compare(x.array, array_of(other)))

    about = f"True where `x` is {word} `other`; never part of a graph."
    compared.__doc__ = f"{about} Source: aten/src/ATen/native/BinaryOps.cpp."
    return compared


lt = _comparison(operator.lt, "less than")
le = _comparison(operator.le, "at most")
gt = _comparison(operator.gt, "greater than")
ge = _comparison(operator.ge, "at least")
eq = _comparison(operator.eq, "equal to")
ne = _comparison(operator.ne, "other than")
logical_and = _comparison(operator.and_, "true together with")
logical_or = _comparison(operator.or_, "true, or otherwise")


def invert(x: Tensor) -> Tensor:
    """True where `x` is False. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return Tensor(~x.array)


def argmax(x: Tensor, dim: int | None = None) -> Tensor:
    """Where the largest element stands, in the flattened tensor or along `dim`.

    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    return Tensor(np.argmax(x.array, None if dim is None else one_dim(dim, x)))


def argmin(x: Tensor, dim: int | None = None) -> Tensor:
    """Where the smallest element stands, in the flattened tensor or along `dim`.

    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    return Tensor(np.argmin(x.array, None if dim is None else one_dim(dim, x)))


def isnan(x: Tensor) -> Tensor:
    """True where `x` is not a number. Source: aten/src/ATen/native/TensorCompare.cpp."""
    return Tensor(np.isnan(x.array))


def equal(x: Tensor, other: Tensor) -> bool:
    """True when both have the same shape and the same elements. Source: aten/src/ATen/native/ReduceOps.cpp."""
    return bool(np.array_equal(x.array, other.array))


def allclose(x: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    """True when all elements differ by at most `atol + rtol * |other|`.

    Source: aten/src/ATen/native/TensorCompare.cpp.
    """
    return bool(np.allclose(x.array, other.array, rtol, atol, equal_nan))


def all_true(x: Tensor) -> Tensor:
    """True when no element is 0. Source: aten/src/ATen/native/ReduceOps.cpp."""
    return Tensor(np.all(x.array))


def any_true(x: Tensor) -> Tensor:
    """True when some element is not 0. Source: aten/src/ATen/native/ReduceOps.cpp."""
    return Tensor(np.any(x.array))
