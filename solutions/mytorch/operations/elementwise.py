"""Functions of each element.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import check_kernel
from .arithmetic import AddBackward1, MulBackward1
from .operation import Operation, zeros_like
from .promotion import BOOL, Floating


class ExpBackward0(Floating):
    """`exp(self)`. Source: `exp`, derivatives.yaml."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: grad * result,)
    forward = staticmethod(np.exp)


class LogBackward0(Floating):
    """`log(self)`. Source: `log`, derivatives.yaml."""

    saves = {"self": (0,)}
    gradients = (lambda grad, x: grad / x,)
    forward = staticmethod(np.log)


class SqrtBackward0(Floating):
    """`sqrt(self)`. Source: `sqrt`, derivatives.yaml."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: grad / MulBackward1.run(result, constants=(2,)),)
    forward = staticmethod(np.sqrt)


class SinBackward0(Floating):
    """`sin(self)`. Source: `sin`, derivatives.yaml."""

    saves = {"self": (0,)}
    gradients = (lambda grad, x: grad * cos(x),)
    forward = staticmethod(np.sin)


class CosBackward0(Floating):
    """`cos(self)`. Source: `cos`, derivatives.yaml."""

    saves = {"self": (0,)}
    gradients = (lambda grad, x: grad * -sin(x),)
    forward = staticmethod(np.cos)


class SgnBackward0(Operation):
    """The sign of each element: -1, 0 or 1; its own slope is 0. Source: `sgn`, derivatives.yaml."""

    gradients = (lambda grad: zeros_like(grad),)
    forward = staticmethod(np.sign)


class AbsBackward0(Operation):
    """`|self|`, with slope 0 at 0. Source: `abs`, derivatives.yaml."""

    saves = {"self": (0,)}
    gradients = (lambda grad, x: grad * SgnBackward0.run(x),)

    @staticmethod
    def forward(x: Any) -> Any:
        check_kernel("abs_cpu", x.dtype)
        return np.abs(x)


class TanhBackwardBackward0(Operation):
    """`grad_output * (1 - output²)`: the gradient of tanh as an operation of its own.

    Source: `tanh_backward`, derivatives.yaml.
    """

    saves = {"grad_output": (1,), "output": (0, 1)}
    gradients = (
        lambda grad, g, output: TanhBackwardBackward0.run(grad, output),
        lambda grad, g, output: grad * (MulBackward1.run(output, constants=(-2,)) * g),
    )

    @staticmethod
    def forward(grad_output: Any, output: Any) -> Any:
        return grad_output * (1 - output * output)


class TanhBackward0(Floating):
    """`tanh(self)`. Source: `tanh`, derivatives.yaml."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: TanhBackwardBackward0.run(grad, result),)
    forward = staticmethod(np.tanh)


class SigmoidBackwardBackward0(Operation):
    """`grad_output * (1 - output) * output`: the gradient of sigmoid as an operation of its own.

    Source: `sigmoid_backward`, derivatives.yaml.
    """

    saves = {"grad_output": (1,), "output": (0, 1)}
    gradients = (
        lambda grad, g, output: SigmoidBackwardBackward0.run(grad, output),
        lambda grad, g, output: grad * g * AddBackward1.run(MulBackward1.run(output, constants=(-2,)), constants=(1,)),
    )

    @staticmethod
    def forward(grad_output: Any, output: Any) -> Any:
        return grad_output * (1 - output) * output


class SigmoidBackward0(Floating):
    """`1 / (1 + exp(-self))`. Source: `sigmoid`, derivatives.yaml."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: SigmoidBackwardBackward0.run(grad, result),)

    @staticmethod
    def forward(x: Any) -> Any:
        return 1 / (1 + np.exp(-x))


class ThresholdBackwardBackward0(Operation):
    """`grad_output` where `result > 0`, else 0: the gradient of relu as an operation of its own.

    Source: `threshold_backward`, derivatives.yaml.
    """

    saves = {"grad_output": (), "self": (0,)}
    gradients = (
        lambda grad, g, result: ThresholdBackwardBackward0.run(grad, result),
        lambda grad, g, result: zeros_like(grad),
    )

    @staticmethod
    def forward(grad_output: Any, result: Any) -> Any:
        return np.where(result <= 0, 0, grad_output)


class ReluBackward0(Operation):
    """`max(self, 0)`, with slope 0 at 0. Source: `relu`, derivatives.yaml."""

    saves = {"result": (0,)}
    gradients = (lambda grad, result: ThresholdBackwardBackward0.run(grad, result),)

    @staticmethod
    def forward(x: Any) -> Any:
        if x.dtype == BOOL:
            raise RuntimeError("Boolean inputs not supported for relu")
        return np.maximum(x, 0)


def exp(x: Any) -> Any:
    """E to the power of each element, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return ExpBackward0.run(x)


def log(x: Any) -> Any:
    """The natural logarithm of each element, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return LogBackward0.run(x)


def sqrt(x: Any) -> Any:
    """The square root of each element, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return SqrtBackward0.run(x)


def sin(x: Any) -> Any:
    """The sine of each element, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return SinBackward0.run(x)


def cos(x: Any) -> Any:
    """The cosine of each element, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return CosBackward0.run(x)


def absolute(x: Any) -> Any:
    """Each element without its sign, in the shape of `x`.

    Raises: NotImplementedError for truth values.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    return AbsBackward0.run(x)


def tanh(x: Any) -> Any:
    """The hyperbolic tangent of each element, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return TanhBackward0.run(x)


def sigmoid(x: Any) -> Any:
    """`1 / (1 + exp(-x))` of each element, in the shape of `x`. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return SigmoidBackward0.run(x)


def relu(x: Any) -> Any:
    """Each element, or 0 where it is negative, in the shape of `x`.

    Raises: RuntimeError for truth values.
    Source: aten/src/ATen/native/Activation.cpp.
    """
    return ReluBackward0.run(x)
