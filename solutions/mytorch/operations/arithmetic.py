"""Arithmetic: sums, differences, products, quotients and powers.

Source: tools/autograd/derivatives.yaml and torch/csrc/autograd/FunctionsManual.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..tensor import Tensor
from .operation import Operation


class AddBackward0(Operation):
    """`self + alpha * other`."""

    keeps = ("alpha",)
    gradients = (
        lambda grad, alpha: grad,
        lambda grad, alpha: grad if alpha == 1 else grad * alpha,
    )

    @staticmethod
    def forward(x: Any, y: Any, alpha: float) -> Any:
        return x + y if alpha == 1 else x + alpha * y


class SubBackward0(Operation):
    """`self - alpha * other`."""

    keeps = ("alpha",)
    gradients = (
        lambda grad, alpha: grad,
        lambda grad, alpha: -grad if alpha == 1 else -grad * alpha,
    )

    @staticmethod
    def forward(x: Any, y: Any, alpha: float) -> Any:
        return x - y if alpha == 1 else x - alpha * y


class RsubBackward0(Operation):
    """`other - alpha * self`, both tensors."""

    keeps = ("alpha",)
    gradients = (
        lambda grad, alpha: -grad if alpha == 1 else -grad * alpha,
        lambda grad, alpha: grad,
    )

    @staticmethod
    def forward(x: Any, y: Any, alpha: float) -> Any:
        return y - x if alpha == 1 else y - alpha * x


class RsubBackward1(Operation):
    """`other - alpha * self` for a number `other`, which has no edge."""

    keeps = ("other", "alpha")
    gradients = (lambda grad, other, alpha: -grad if alpha == 1 else -grad * alpha,)

    @staticmethod
    def forward(x: Any, other: float, alpha: float) -> Any:
        return other - x if alpha == 1 else other - alpha * x


class MulBackward0(Operation):
    """`self * other`."""

    saves = {"self": (1,), "other": (0,)}
    gradients = (
        lambda grad, x, y: grad * y,
        lambda grad, x, y: grad * x,
    )

    @staticmethod
    def forward(x: Any, y: Any) -> Any:
        return x * y


class DivBackward0(Operation):
    """`self / other`."""

    saves = {"self": (1,), "other": (0, 1)}
    gradients = (
        lambda grad, x, y: grad / y,
        lambda grad, x, y: -grad * ((x / y) / y),
    )

    @staticmethod
    def forward(x: Any, y: Any) -> Any:
        return x / y


class ReciprocalBackward0(Operation):
    """`1 / self`."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: -grad * (result * result),)

    @staticmethod
    def forward(x: Any) -> Any:
        return 1 / x


class NegBackward0(Operation):
    """`-self`."""

    gradients = (lambda grad: -grad,)

    @staticmethod
    def forward(x: Any) -> Any:
        return -x


class PowBackward0(Operation):
    """`self ** exponent` for a number `exponent`, which has no edge."""

    saves = {"self": (0,)}
    keeps = ("exponent",)
    gradients = (lambda grad, x, n: grad * 0 if n == 0 else grad * (n * x ** (n - 1)),)

    @staticmethod
    def forward(x: Any, exponent: float) -> Any:
        return x**exponent


class PowBackward1(Operation):
    """`self ** exponent`, both tensors."""

    saves = {"self": (0, 1), "exponent": (0, 1), "result": (1,)}
    gradients = (
        lambda grad, x, n, result: grad * (n * x ** (n - 1)),
        lambda grad, x, n, result: grad * (result * np.log(x)),
    )

    @staticmethod
    def forward(x: Any, exponent: Any) -> Any:
        return x**exponent


class PowBackward2(Operation):
    """`self ** exponent` for a number `self`, which has no edge."""

    saves = {"exponent": (0,), "result": (0,)}
    keeps = ("self",)
    gradients = (lambda grad, n, result, base: grad * (result * float(np.log(base))),)

    @staticmethod
    def forward(exponent: Any, base: float) -> Any:
        return base**exponent


def add(x: Any, other: Any, *, alpha: float = 1) -> Any:
    """`x + alpha * other`, broadcast."""
    return AddBackward0.run(x, other, constants=(alpha,))


def sub(x: Any, other: Any, *, alpha: float = 1) -> Any:
    """`x - alpha * other`, broadcast."""
    return SubBackward0.run(x, other, constants=(alpha,))


def rsub(x: Any, other: Any, *, alpha: float = 1) -> Any:
    """`other - alpha * x`, broadcast."""
    if isinstance(other, Tensor):
        return RsubBackward0.run(x, other, constants=(alpha,))
    return RsubBackward1.run(x, constants=(other, alpha))


def mul(x: Any, other: Any) -> Any:
    """`x * other`, broadcast."""
    return MulBackward0.run(x, other)


def div(x: Any, other: Any) -> Any:
    """`x / other`, broadcast."""
    return DivBackward0.run(x, other)


def rdiv(x: Any, other: Any) -> Any:
    """`other / x` for a number `other`: its reciprocal times the number, as PyTorch does it."""
    return mul(reciprocal(x), other)


def neg(x: Any) -> Any:
    """`-x`."""
    return NegBackward0.run(x)


def reciprocal(x: Any) -> Any:
    """`1 / x`."""
    return ReciprocalBackward0.run(x)


def power(x: Any, exponent: Any) -> Any:
    """`x ** exponent`, broadcast; either may be a number."""
    if not isinstance(exponent, Tensor):
        return PowBackward0.run(x, constants=(exponent,))
    if not isinstance(x, Tensor):
        return PowBackward2.run(exponent, constants=(x,))
    return PowBackward1.run(x, exponent)


def rpower(x: Any, base: Any) -> Any:
    """`base ** x`."""
    return power(base, x)
