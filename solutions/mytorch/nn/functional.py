"""Layers as functions.

Source: torch/nn/functional.py, version 2.13.
"""

from __future__ import annotations

from typing import Any

from ..operations.arithmetic import add
from ..operations.elementwise import relu, tanh
from ..operations.linear_algebra import addmm, matmul
from ..operations.loss import mse_loss
from ..operations.shapes import t

__all__ = ["linear", "mse_loss", "relu", "tanh"]


def linear(x: Any, weight: Any, bias: Any = None) -> Any:
    """`x @ weight.T + bias`.

    Shapes: (n, k), (m, k) and (m,) give (n, m).
    Source: torch/nn/functional.py.
    """
    if bias is None:
        return matmul(x, t(weight))
    if len(x.shape) == 2:
        return addmm(bias, x, t(weight))
    return add(matmul(x, t(weight)), bias)
