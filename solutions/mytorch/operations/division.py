"""Division with remainder: `%`, which has a gradient, and `//`, which has none.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..dtypes import check_kernel
from ..edge import Edge
from ..tensor import Tensor
from .operation import Operation, zeros_like
from .promotion import Promoting, promoted


def whole_quotient(x: Any, y: Any) -> Any:
    """`x // y`, promoted.

    Raises: RuntimeError for a whole number divided by 0.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return np.floor_divide(*_divisible("div_floor_cpu", x, y))


def _what_is_left(x: Any, y: Any) -> Any:
    """`x % y`, promoted, with the sign of `y`; a zero has the sign of `x`.

    Raises: RuntimeError for a whole number divided by 0.
    Source: aten/src/ATen/native/cpu/BinaryOpsKernel.cpp.
    """
    x, y = _divisible("remainder_cpu", x, y)
    left = np.remainder(x, y)
    return np.where(left, left, np.fmod(x, y))[()]


def _divisible(kernel: str, x: Any, y: Any) -> list[Any]:
    """Dividend and divisor, promoted; truth values can't be divided, nor whole numbers by 0."""
    x, y = promoted([x, y])
    dtype = np.result_type(x, y)
    check_kernel(kernel, dtype)
    if dtype.kind != "f" and not np.all(y):
        raise RuntimeError("ZeroDivisionError")
    return [x, y]


class RemainderBackward0(Operation):
    """`self % other` for a number `other`, which has no edge. Source: `remainder.Scalar`, derivatives.yaml."""

    keeps = ("_other",)
    gradients = (lambda grad, number: grad,)

    @staticmethod
    def forward(x: Any, number: float) -> Any:
        return _what_is_left(x, number)


class RemainderBackward1(Promoting):
    """`self % other`, both tensors. Source: `remainder.Tensor`, derivatives.yaml."""

    last_first = True
    saves = {"self": (1,), "other": (1,)}
    gradients = (
        lambda grad, x, y: grad,
        lambda grad, x, y: -grad * DivBackward2.run(x, y),
    )

    @staticmethod
    def forward(x: Any, y: Any) -> Any:
        return _what_is_left(x, y)


class DivBackward2(Promoting):
    """`self / other`, rounded down: its steps have no slope. Source: `div.Tensor_mode`, derivatives.yaml."""

    saves = {"self": (1,), "other": (0, 1)}
    gradients = (
        lambda grad, x, y: zeros_like(grad),
        lambda grad, x, y: zeros_like(grad),
    )

    @staticmethod
    def forward(x: Any, y: Any) -> Any:
        return whole_quotient(x, y)


class NotImplemented(Promoting):  # noqa: A001  # PyTorch's name
    """An operation for which PyTorch has no formula, as is said when a gradient comes by.

    Source: `NotImplemented`, torch/csrc/autograd/functions/basic_ops.h.
    """

    keeps = ("_operation", "_function")

    def __init__(self, next_edges: tuple[Edge, ...]) -> None:
        # Without a formula no place has to be kept for constants.
        super().__init__(tuple(edge for edge in next_edges if edge.is_valid()))

    def name(self) -> str:
        """The name with its C++ namespace."""
        return "torch::autograd::NotImplemented"

    @staticmethod
    def forward(*given: Any) -> Any:
        *arrays, _, function = given
        return function(*arrays)

    def apply(self, *gradients: Any) -> tuple[Any, ...]:
        """Nothing.

        Raises: RuntimeError, since there is no formula.
        """
        raise RuntimeError(f"derivative for aten::{self.constants[0]} is not implemented")


def without_formula(run: Callable[..., Any], name: str, function: Callable[[Any, Any], Any], x: Any, other: Any) -> Any:
    """`function` of two operands, at least one a tensor, by `run`, with edges for tensors only.

    Source: tools/autograd/gen_variable_type.py.
    """
    if isinstance(x, Tensor) and isinstance(other, Tensor):
        return run(NotImplemented, x, other, constants=(name, function))
    if isinstance(x, Tensor):
        return run(NotImplemented, x, constants=(name, lambda a: function(a, other)))
    return run(NotImplemented, other, constants=(name, lambda b: function(x, b)))


def _run(operation: type[Operation], *inputs: Any, constants: tuple[Any, ...]) -> Any:
    return operation.run(*inputs, constants=constants)


def remainder(x: Any, other: Any) -> Any:
    """`x % other`, broadcast, with the sign of `other`.

    Raises: RuntimeError when the shapes can't be broadcast, or a whole number is divided by 0;
    NotImplementedError where both are truth values.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    if not isinstance(x, Tensor):
        return without_formula(_run, "remainder", _what_is_left, x, other)
    if isinstance(other, int | float):
        return RemainderBackward0.run(x, constants=(other,))
    return RemainderBackward1.run(x, other)


def floor_divide(x: Any, other: Any) -> Any:
    """`x // other`, broadcast and rounded down; it has no gradient.

    Raises: RuntimeError when the shapes can't be broadcast, or a whole number is divided by 0;
    NotImplementedError where both are truth values.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return without_formula(_run, "floor_divide", whole_quotient, x, other)


def rremainder(x: Any, other: Any) -> Any:
    """`other % x` for a number `other`, in the shape of `x`.

    Raises: RuntimeError when a whole number is divided by 0; NotImplementedError where both are truth values.
    Source: `__rmod__`, torch/_tensor.py.
    """
    return remainder(other, x)


def rfloor_divide(x: Any, other: Any) -> Any:
    """`other // x` for a number `other`, in the shape of `x`.

    Raises: RuntimeError when a whole number is divided by 0; NotImplementedError where both are truth values.
    Source: `__rfloordiv__`, torch/_tensor.py.
    """
    return floor_divide(other, x)
