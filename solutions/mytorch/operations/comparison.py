"""Comparisons and other functions whose results have no gradient.

Source: torch/csrc/autograd/generated/VariableType (operations without a derivative), version 2.13.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from numbers import Number
from typing import Any

import numpy as np

from ..dtypes import check_kernel
from ..layout import in_order
from ..size import broadcast_shape, one_dim, several_dims
from ..tensor import Tensor
from .operation import array_of
from .promotion import BOOL, ForeignOperandError, promoted

OPERANDS = (Tensor, int, float, np.ndarray)


def _operand(other: Any) -> Any:
    """The array or number of the other operand.

    Raises: ForeignOperandError for anything else.
    """
    if not isinstance(other, OPERANDS):
        raise ForeignOperandError(other)
    return array_of(other)


def _broadcast(combine: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
    """`combine(a, b)`.

    Raises: RuntimeError when the shapes don't fit each other.
    """
    try:
        return combine(a, b)
    except ValueError:
        broadcast_shape(np.shape(a), np.shape(b))
        raise


def _comparison(compare: Callable[[Any, Any], Any], word: str) -> Callable[[Tensor, Any], Tensor]:
    def compared(x: Tensor, other: Any) -> Tensor:
        return Tensor(_broadcast(compare, *promoted([x.array, _operand(other)])))

    about = f"True where `x` is {word} `other`, broadcast; never part of a graph."
    raised = "RuntimeError when the shapes can't be broadcast."
    compared.__doc__ = f"{about}\n\nRaises: {raised}\nSource: aten/src/ATen/native/BinaryOps.cpp."
    return compared


lt = _comparison(operator.lt, "less than")
le = _comparison(operator.le, "at most")
gt = _comparison(operator.gt, "greater than")
ge = _comparison(operator.ge, "at least")
eq = _comparison(operator.eq, "equal to")
ne = _comparison(operator.ne, "other than")


def _bitwise(combine: Callable[[Any, Any], Any], word: str) -> Callable[[Tensor, Any], Tensor]:
    def combined(x: Tensor, other: Any) -> Tensor:
        a, b = promoted([x.array, _operand(other)])
        check_kernel(f"bitwise_{word}_cpu", a.dtype, "bi")
        return Tensor(_broadcast(combine, a, b))

    about = f"The bits of `x` {word} those of `other`, or both truth values, broadcast; never part of a graph."
    raised = "RuntimeError when the shapes can't be broadcast; NotImplementedError for fractions."
    combined.__doc__ = f"{about}\n\nRaises: {raised}\nSource: aten/src/ATen/native/BinaryOps.cpp."
    return combined


bitwise_and = _bitwise(operator.and_, "and")
bitwise_or = _bitwise(operator.or_, "or")
bitwise_xor = _bitwise(operator.xor, "xor")


def invert(x: Tensor) -> Tensor:
    """True where `x` is False, or whole numbers with all bits turned, in the shape of `x`.

    Raises: TypeError for a tensor of fractions.
    Source: `__invert__`, torch/_tensor.py, and aten/src/ATen/native/UnaryOps.cpp.
    """
    if x.dtype.is_floating_point:
        raise TypeError("~ (operator.invert) is only implemented on integer and Boolean-type tensors")
    return Tensor(~x.array)


def contains(x: Tensor, element: Any) -> bool:
    """`element in x`: whether some element of `x` equals it.

    Raises: RuntimeError for anything but a tensor or a number, or when the shapes can't be broadcast together.
    Source: `__contains__`, torch/_tensor.py.
    """
    if not isinstance(element, Tensor | Number):
        raise RuntimeError(  # noqa: TRY004  # as PyTorch
            f"Tensor.__contains__ only supports Tensor or scalar, but you passed in a {type(element)}."
        )
    found = eq(element, x).array if isinstance(element, Tensor) else x.array == element
    return bool(np.any(found))


def argmax(x: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the largest element stands, in the flattened tensor or along `dim`.

    Shapes: that of `x` without `dim`, () for all elements; with `keepdim` the dimensions stay, of size 1.
    Raises: IndexError where there is no element, or no such dimension; RuntimeError for truth values.
    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    return _place_of(np.argmax, x, dim, keepdim)


def argmin(x: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the smallest element stands, in the flattened tensor or along `dim`.

    Shapes: that of `x` without `dim`, () for all elements; with `keepdim` the dimensions stay, of size 1.
    Raises: IndexError where there is no element, or no such dimension; RuntimeError for truth values.
    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    return _place_of(np.argmin, x, dim, keepdim)


def _place_of(find: Any, x: Tensor, dim: int | None, keepdim: bool) -> Tensor:
    if x.array.dtype == BOOL:
        raise RuntimeError(f"{find.__name__}(): does not support bool input")
    axis = None if dim is None else one_dim(dim, x)
    if not (x.numel() if axis is None or not x.ndim else x.shape[axis]):
        nothing = "to be specified for input.numel() == 0" if axis is None else f"{axis} to have non-zero size"
        raise IndexError(f"{find.__name__}(): Expected reduction dim {nothing}.")
    return Tensor(find(x.array, axis=axis if x.ndim else None, keepdims=keepdim))


def isnan(x: Tensor) -> Tensor:
    """True where `x` is not a number, in the shape of `x`. Source: aten/src/ATen/native/TensorCompare.cpp."""
    return Tensor(np.isnan(x.array))


def equal(x: Tensor, other: Tensor) -> bool:
    """True when both have the same shape and the same elements. Source: aten/src/ATen/native/ReduceOps.cpp."""
    return bool(np.array_equal(x.array, other.array))


def allclose(x: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> bool:
    """True when all elements differ by at most `atol + rtol * |other|`.

    Raises: RuntimeError for two dtypes, or shapes that don't fit each other.
    Source: aten/src/ATen/native/TensorCompare.cpp.
    """
    if x.dtype != other.dtype:
        raise RuntimeError(f"{x.dtype.scalar_type} did not match {other.dtype.scalar_type}")
    return bool(_broadcast(lambda a, b: np.allclose(a, b, rtol, atol, equal_nan), x.array, other.array))


def all_true(x: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
    """True when no element is 0, of all or along `dim`, one dimension or several.

    Shapes: that of `x` without `dim`, () for all elements; with `keepdim` the dimensions stay, of size 1.
    Raises: IndexError for a dimension out of range; RuntimeError for one that is named twice.
    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    return Tensor(in_order(np.all(x.array, axis=_axes(x, dim), keepdims=keepdim)))


def any_true(x: Tensor, dim: Any = None, keepdim: bool = False) -> Tensor:
    """True when some element is not 0, of all or along `dim`, one dimension or several.

    Shapes: that of `x` without `dim`, () for all elements; with `keepdim` the dimensions stay, of size 1.
    Raises: IndexError for a dimension out of range; RuntimeError for one that is named twice.
    Source: aten/src/ATen/native/ReduceOps.cpp.
    """
    return Tensor(in_order(np.any(x.array, axis=_axes(x, dim), keepdims=keepdim)))


def _axes(x: Tensor, dim: Any) -> tuple[int, ...] | None:
    """The dimensions in `dim`, counted from the front; None for all of them, and where there is none."""
    if dim is None:
        return None
    axes = several_dims(dim if isinstance(dim, tuple | list) else (dim,), x)
    return axes if x.ndim else None
