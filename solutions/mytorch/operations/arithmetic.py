"""Arithmetic: sums, differences, products, quotients.

Nodes whose name ends in 1 have a number for second operand; they occur in recorded backward passes only, since numbers
in a user's program are treated as tensors.
Source: tools/autograd/derivatives.yaml and torch/csrc/autograd/FunctionsManual.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..tensor import Tensor
from .operation import Operation
from .promotion import BOOL, Floating, Promoting, promoted

ONE: Any = 1  # the alpha that nobody gave; 1.0 and True, though equal, are not for everything that is added


class MulBackward1(Operation):
    """`self * number`. Source: `mul.Scalar`, derivatives.yaml."""

    keeps = ("other",)
    gradients = (lambda grad, number: scale(grad, number),)

    @staticmethod
    def forward(x: Any, number: float) -> Any:
        return x * number


class DivBackward1(Operation):
    """`self / number`. Source: `div.Scalar`, derivatives.yaml."""

    keeps = ("other",)
    gradients = (lambda grad, number: shrink(grad, number),)

    @staticmethod
    def forward(x: Any, number: float) -> Any:
        return x / number


class AddBackward0(Promoting):
    """`self + alpha * other`. Source: `add.Tensor`, derivatives.yaml."""

    last_first = True
    keeps = ("alpha",)
    gradients = (
        lambda grad, alpha: grad,
        lambda grad, alpha: scale(grad, alpha),
    )

    @staticmethod
    def forward(x: Any, y: Any, alpha: float) -> Any:
        return x + y if alpha is ONE else x + multiple(alpha, y, np.result_type(x, y))


def multiple(alpha: Any, y: Any, dtype: np.dtype[Any]) -> Any:
    """`alpha * y`, as a part of a result of `dtype`.

    Raises: RuntimeError for a fraction, or a truth value, where the result is of another kind.
    Source: `alpha_check`, aten/src/ATen/native/BinaryOps.h.
    """
    if isinstance(alpha, bool) and dtype != BOOL:
        raise RuntimeError("Boolean alpha only supported for Boolean results.")
    if isinstance(alpha, float) and dtype.kind != "f":
        raise RuntimeError("For integral input tensors, argument alpha must not be a floating point number.")
    return dtype.type(alpha) * y


def subtractable(arrays: list[Any]) -> list[Any]:
    """`arrays` promoted, after a look whether they can be subtracted.

    Raises: RuntimeError for truth values.
    Source: `sub_check`, aten/src/ATen/native/BinaryOps.h.
    """
    common = promoted(arrays)
    flags = [isinstance(each, bool) or getattr(each, "dtype", None) == BOOL for each in arrays]
    if all(flags):
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` "
            "operator instead."
        )
    if any(flags):
        raise RuntimeError(
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, "
            "use the `~` or `logical_not()` operator instead."
        )
    return common


class SubBackward0(Operation):
    """`self - alpha * other`. Source: `sub.Tensor`, derivatives.yaml."""

    last_first = True
    keeps = ("alpha",)
    gradients = (
        lambda grad, alpha: grad,
        lambda grad, alpha: scale(-grad, alpha),
    )

    prepare = staticmethod(subtractable)

    @staticmethod
    def forward(x: Any, y: Any, alpha: float) -> Any:
        return x - y if alpha is ONE else x - multiple(alpha, y, np.result_type(x, y))


class AddBackward1(Operation):
    """`self + number`. Source: `add.Scalar`, derivatives.yaml."""

    keeps = ("other",)
    gradients = (lambda grad, number: grad,)

    @staticmethod
    def forward(x: Any, number: float) -> Any:
        return x + number


class SubBackward1(Operation):
    """`self - number`. Source: `sub.Scalar`, derivatives.yaml."""

    keeps = ("other",)
    gradients = (lambda grad, number: grad,)

    @staticmethod
    def forward(x: Any, number: float) -> Any:
        x, number = subtractable([x, number])
        return x - number


class RsubBackward0(Operation):
    """`other - alpha * self`, both tensors. Source: `rsub.Tensor`, derivatives.yaml."""

    last_first = True
    keeps = ("alpha",)
    gradients = (
        lambda grad, alpha: scale(-grad, alpha),
        lambda grad, alpha: grad,
    )

    @staticmethod
    def prepare(arrays: list[Any]) -> list[Any]:
        """The operands promoted, the second first: it is computed with first, and decides how the result lies."""
        return subtractable(arrays[::-1])[::-1]

    @staticmethod
    def forward(x: Any, y: Any, alpha: float) -> Any:
        return y - x if alpha is ONE else y - multiple(alpha, x, np.result_type(x, y))


class RsubBackward1(Operation):
    """`other - alpha * self` for a number `other`, which has no edge. Source: `rsub.Scalar`, derivatives.yaml."""

    keeps = ("_other", "alpha")
    gradients = (lambda grad, number, alpha: scale(-grad, alpha),)

    @staticmethod
    def forward(x: Any, number: float, alpha: float) -> Any:
        x, number = subtractable([x, number])
        return number - x if alpha is ONE else number - multiple(alpha, x, x.dtype)


class MulBackward0(Promoting):
    """`self * other`. Source: `mul.Tensor`, derivatives.yaml."""

    last_first = True
    saves = {"self": (1,), "other": (0,)}
    gradients = (
        lambda grad, x, y: grad * y,
        lambda grad, x, y: grad * x,
    )

    @staticmethod
    def forward(x: Any, y: Any) -> Any:
        return x * y


class DivBackward0(Floating):
    """`self / other`. Source: `div.Tensor`, derivatives.yaml."""

    last_first = True
    saves = {"self": (1,), "other": (0, 1)}
    gradients = (
        lambda grad, x, y: grad / y,
        lambda grad, x, y: -grad * ((x / y) / y),
    )

    @staticmethod
    def forward(x: Any, y: Any) -> Any:
        return x / y


class ReciprocalBackward0(Floating):
    """`1 / self`. Source: `reciprocal`, derivatives.yaml."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: -grad * (result * result),)

    @staticmethod
    def forward(x: Any) -> Any:
        return 1 / x


class NegBackward0(Operation):
    """`-self`. Source: `neg`, derivatives.yaml."""

    gradients = (lambda grad: -grad,)

    @staticmethod
    def forward(x: Any) -> Any:
        if x.dtype == BOOL:
            raise RuntimeError(
                "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, "
                "use the `~` or `logical_not()` operator instead."
            )
        return -x


def scale(x: Any, number: float) -> Any:
    """`x * number`, or `x` itself for 1. Source: `maybe_multiply`, FunctionsManual.cpp."""
    return x if number == 1 else MulBackward1.run(x, constants=(number,))


def shrink(x: Any, number: float) -> Any:
    """`x / number`. Source: aten/src/ATen/native/BinaryOps.cpp."""
    return DivBackward1.run(x, constants=(number,))


def add(x: Any, other: Any, *, alpha: float = 1) -> Any:
    """`x + alpha * other`, broadcast.

    Raises: RuntimeError when the shapes can't be broadcast, or for a fraction as `alpha` where the result holds none.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return AddBackward0.run(x, other, constants=(alpha,))


def sub(x: Any, other: Any, *, alpha: float = 1) -> Any:
    """`x - alpha * other`, broadcast.

    Raises: RuntimeError when the shapes can't be broadcast, for truth values, or for a fraction as `alpha` where the
    result holds none.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return SubBackward0.run(x, other, constants=(alpha,))


def rsub(x: Any, other: Any, *, alpha: float = 1) -> Any:
    """`other - alpha * x`, broadcast.

    Raises: RuntimeError when the shapes can't be broadcast, for truth values, or for a fraction as `alpha` where the
    result holds none.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    if isinstance(other, Tensor):
        return RsubBackward0.run(x, other, constants=(alpha,))
    return RsubBackward1.run(x, constants=(other, alpha))


def mul(x: Any, other: Any) -> Any:
    """`x * other`, broadcast.

    Raises: RuntimeError when the shapes can't be broadcast.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return MulBackward0.run(x, other)


def div(x: Any, other: Any) -> Any:
    """`x / other`, broadcast; whole numbers are divided as float32.

    Raises: RuntimeError when the shapes can't be broadcast.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return DivBackward0.run(x, other)


def rdiv(x: Any, other: Any) -> Any:
    """`other / x` for a number or an array `other`, broadcast: the reciprocal of `x` times that, as PyTorch does it.

    Raises: ValueError, which is numpy's, for an array that can't be broadcast.
    Source: `__rdiv__`, torch/_tensor.py.
    """
    inverse = reciprocal(x)
    return inverse * other if isinstance(other, np.ndarray) else mul(inverse, other)


def neg(x: Any) -> Any:
    """`-x`, in the shape of `x`.

    Raises: RuntimeError for truth values.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    return NegBackward0.run(x)


def pos(x: Any) -> Any:
    """`+x`: `x` itself.

    Raises: RuntimeError for truth values.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    if x.array.dtype == BOOL:
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return x


def reciprocal(x: Any) -> Any:
    """`1 / x`, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return ReciprocalBackward0.run(x)
