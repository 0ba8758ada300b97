"""Powers: three nodes, by which operand is a number.

Source: `pow_backward` and its sisters, torch/csrc/autograd/FunctionsManual.cpp, version 2.13.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..dtypes import check_kernel
from ..tensor import Tensor
from .arithmetic import MulBackward1, SubBackward1
from .elementwise import log
from .operation import Operation, array_of, zeros_like
from .promotion import Promoting, promoted
from .selection import WhereBackward0


def _power_gradient(grad: Any, x: Any, exponent: float) -> Any:
    """The gradient of `x` in `x ** exponent`: zero, not NaN, where the exponent is 0."""
    if exponent == 0:
        return zeros_like(grad)
    return grad * MulBackward1.run(power(x, exponent - 1), constants=(exponent,))


def _base_gradient(grad: Any, x: Any, n: Any) -> Any:
    """The gradient of `x` in `x ** n`, both tensors."""
    slope = n * PowBackward1.run(x, SubBackward1.run(n, constants=(1,)))
    return _unless(array_of(n) == 0, grad * slope)


def _exponent_gradient(grad: Any, x: Any, n: Any, result: Any) -> Any:
    """The gradient of `n` in `x ** n`, both tensors: zero where `x` is 0 and `n` is not negative."""
    at_zero = (array_of(x) == 0) & (array_of(n) >= 0)
    return grad * _unless(at_zero, result * log(x))


def _logarithm_gradient(grad: Any, n: Any, result: Any, base: float) -> Any:
    """The gradient of `n` in `base ** n` for a number `base`: with base 0, zero unless `n` is negative."""
    if base:
        return grad * MulBackward1.run(result, constants=(float(np.log(base)),))
    return grad * _unless(array_of(n) >= 0, MulBackward1.run(result, constants=(-math.inf,)))


def _unless(condition: Any, value: Any) -> Any:
    """`value`, but 0 where `condition` holds."""
    return WhereBackward0.run(0.0, value, constants=(condition,))


class PowBackward0(Operation):
    """`self ** exponent` for a number `exponent`, which has no edge. Source: `pow.Tensor_Scalar`, derivatives.yaml."""

    saves = {"self": (0,)}
    keeps = ("exponent",)
    gradients = (_power_gradient,)

    @staticmethod
    def forward(x: Any, exponent: float) -> Any:
        x, exponent = promoted([x, exponent])
        check_kernel("pow", x.dtype)
        return x**exponent


class PowBackward1(Promoting):
    """`self ** exponent`, both tensors. Source: `pow.Tensor_Tensor`, derivatives.yaml."""

    last_first = True
    saves = {"self": (0, 1), "exponent": (0, 1), "result": (1,)}
    gradients = (
        lambda grad, x, n, result: _base_gradient(grad, x, n),
        _exponent_gradient,
    )

    @staticmethod
    def forward(x: Any, exponent: Any) -> Any:
        check_kernel("pow", x.dtype)
        return x**exponent


class PowBackward2(Operation):
    """`self ** exponent` for a number `self`, which has no edge. Source: `pow.Scalar`, derivatives.yaml."""

    saves = {"exponent": (0,), "result": (0,)}
    keeps = ("self",)
    gradients = (_logarithm_gradient,)

    @staticmethod
    def forward(exponent: Any, base: float) -> Any:
        exponent, base = promoted([exponent, base])
        check_kernel("pow", exponent.dtype)
        return base**exponent


def power(x: Any, exponent: Any) -> Any:
    """`x ** exponent`, broadcast; either may be a number.

    Raises: RuntimeError when the shapes can't be broadcast, or for a negative power of whole numbers;
    NotImplementedError where both are truth values.
    Source: aten/src/ATen/native/Pow.cpp.
    """
    if not isinstance(x, Tensor) and isinstance(exponent, Tensor):
        return PowBackward2.run(exponent, constants=(x,))
    if isinstance(exponent, int | float):
        return PowBackward0.run(x, constants=(exponent,))
    return PowBackward1.run(x, exponent)


def rpower(x: Any, base: Any) -> Any:
    """`base ** x` for a number `base`, in the shape of `x`.

    Raises: RuntimeError for a negative power of a whole number; NotImplementedError where both are truth values.
    Source: `__rpow__`, torch/_tensor.py.
    """
    return power(base, x)


def square(x: Any) -> Any:
    """`x ** 2`, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return power(x, 2)
