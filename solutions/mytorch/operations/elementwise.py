"""Functions of each element.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .operation import Operation


class ExpBackward0(Operation):
    """`exp(self)`."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: grad * result,)
    forward = staticmethod(np.exp)


class LogBackward0(Operation):
    """`log(self)`."""

    saves = {"self": (0,)}
    gradients = (lambda grad, x: grad / x,)
    forward = staticmethod(np.log)


class TanhBackwardBackward0(Operation):
    """`grad_output * (1 - output²)`: the gradient of tanh as an operation of its own."""

    saves = {"grad_output": (1,), "output": (0, 1)}
    gradients = (
        lambda grad, g, output: TanhBackwardBackward0.run(grad, output),
        lambda grad, g, output: grad * (-2 * output * g),
    )

    @staticmethod
    def forward(grad_output: Any, output: Any) -> Any:
        return grad_output * (1 - output * output)


class TanhBackward0(Operation):
    """`tanh(self)`."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: TanhBackwardBackward0.run(grad, result),)
    forward = staticmethod(np.tanh)


class SigmoidBackwardBackward0(Operation):
    """`grad_output * output * (1 - output)`: the gradient of sigmoid as an operation of its own."""

    saves = {"grad_output": (1,), "output": (0, 1)}
    gradients = (
        lambda grad, g, output: SigmoidBackwardBackward0.run(grad, output),
        lambda grad, g, output: grad * g * (-2 * output + 1),
    )

    @staticmethod
    def forward(grad_output: Any, output: Any) -> Any:
        return grad_output * (1 - output) * output


class SigmoidBackward0(Operation):
    """`1 / (1 + exp(-self))`."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: SigmoidBackwardBackward0.run(grad, result),)

    @staticmethod
    def forward(x: Any) -> Any:
        return 1 / (1 + np.exp(-x))


class ThresholdBackwardBackward0(Operation):
    """`grad_output` where `self > 0`, else 0: the gradient of relu as an operation of its own."""

    saves = {"self": (0,)}
    gradients = (lambda grad, x: ThresholdBackwardBackward0.run(grad, x),)

    @staticmethod
    def forward(grad_output: Any, x: Any) -> Any:
        return np.where(x <= 0, 0, grad_output)


class ReluBackward0(Operation):
    """`max(self, 0)`, with slope 0 at 0."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: ThresholdBackwardBackward0.run(grad, result),)

    @staticmethod
    def forward(x: Any) -> Any:
        return np.maximum(x, 0)


def exp(x: Any) -> Any:
    """e to the power of each element."""
    return ExpBackward0.run(x)


def log(x: Any) -> Any:
    """The natural logarithm of each element."""
    return LogBackward0.run(x)


def tanh(x: Any) -> Any:
    """The hyperbolic tangent of each element."""
    return TanhBackward0.run(x)


def sigmoid(x: Any) -> Any:
    """`1 / (1 + exp(-x))` of each element."""
    return SigmoidBackward0.run(x)


def relu(x: Any) -> Any:
    """Each element, or 0 where it is negative."""
    return ReluBackward0.run(x)
