"""Losses.

Source: tools/autograd/derivatives.yaml (`mse_loss`, `mse_loss_backward`), version 2.13.
"""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np

from ..dtypes import check_kernel
from ..size import broadcast_shape
from .arithmetic import MulBackward1, shrink
from .broadcasting import expand
from .operation import Operation
from .promotion import Promoting

REDUCTIONS = ("none", "mean", "sum")  # known by their numbers in the graph
NONE, MEAN = 0, 1


class MseLossBackwardBackward0(Operation):
    """`grad_output * 2 (self - target) / n`: the gradient of the mean squared error as an operation of its own.

    Source: `mse_loss_backward`, derivatives.yaml.
    """

    saves = {"grad_output": (1, 2), "self": (0, 1, 2), "target": (0,)}
    keeps = ("reduction",)
    gradients = (
        lambda grad, g, x, y, reduction: _slope(grad, x, y, reduction).sum(),
        lambda grad, g, x, y, reduction: _curvature(grad * g, x, reduction),
        lambda grad, g, x, y, reduction: -_curvature(grad * g, x, reduction),
    )

    @staticmethod
    def forward(grad_output: Any, x: Any, y: Any, reduction: int) -> Any:
        return (x - y) * (grad_output * (2 / _count(x) if reduction == MEAN else 2))


class MseLossBackward0(Promoting):
    """The squared differences: their mean, their sum, or each. Source: `mse_loss`, derivatives.yaml."""

    saves = {"self": (0, 1), "target": (0, 1)}
    keeps = ("reduction",)
    gradients = (
        lambda grad, x, y, reduction: _slope(grad, x, y, reduction),
        lambda grad, x, y, reduction: _slope(grad, y, x, reduction),
    )

    @staticmethod
    def forward(x: Any, y: Any, reduction: int) -> Any:
        check_kernel("mse_cpu", x.dtype, "f")
        squares = (x - y) ** 2
        if reduction == NONE:
            return squares
        return np.mean(squares) if reduction == MEAN else np.sum(squares)


def _slope(grad: Any, x: Any, y: Any, reduction: int) -> Any:
    """The gradient of `x` in the loss."""
    return MseLossBackwardBackward0.run(grad, x, y, constants=(reduction,))


def _curvature(grad: Any, x: Any, reduction: int) -> Any:
    """`grad` times the second derivative of the loss."""
    doubled = MulBackward1.run(grad, constants=(2,))
    return shrink(doubled, _count(x)) if reduction == MEAN else doubled


def _count(x: Any) -> int:
    return int(max(math.prod(x.shape), 1))


def mse_loss(x: Any, target: Any, *, reduction: str = "mean") -> Any:
    """The mean squared error of `x` and `target`; with `reduction` "sum" or "none" the sum, or each square.

    Tensors of different shapes are broadcast, after a warning that this is seldom meant.

    Shapes: (); for "none" that to which both are broadcast.
    Raises: ValueError for another reduction; RuntimeError when the shapes can't be broadcast; NotImplementedError for
    whole numbers.
    Source: `mse_loss`, torch/nn/functional.py.
    """
    if reduction not in REDUCTIONS:
        raise ValueError(f"{reduction} is not a valid value for reduction")
    if tuple(x.shape) != tuple(target.shape):
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size ({x.shape}). This will likely "
            "lead to incorrect results due to broadcasting. Please ensure they have the same size.",
            UserWarning,
            stacklevel=2,
        )
        shape = broadcast_shape(tuple(x.shape), tuple(target.shape))
        x, target = (each if tuple(each.shape) == shape else expand(each, shape) for each in (x, target))
    return MseLossBackward0.run(x, target, constants=(REDUCTIONS.index(reduction),))
