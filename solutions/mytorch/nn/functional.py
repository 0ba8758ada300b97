"""Layers as functions.

Source: torch/nn/functional.py, version 2.13.
"""

from __future__ import annotations

from typing import Any

from ..operations.elementwise import relu, tanh
from ..operations.linear_algebra import addmm, matmul
from ..operations.loss import mse_loss
from ..operations.shapes import reshape, t, view
from ..unsupported import missing

__all__ = ["linear", "mse_loss", "relu", "tanh"]


def linear(x: Any, weight: Any, bias: Any = None) -> Any:
    """`x @ weight.T + bias`.

    Shapes: (…, k), (m, k) and (m,) give (…, m).
    Source: torch/nn/functional.py, and `_flatten_nd_linear`, aten/src/ATen/native/Linear.cpp.
    """
    if bias is None:
        return matmul(x, t(weight))
    if len(x.shape) == 2:
        return addmm(bias, x, t(weight))
    rows = reshape(x, (-1, x.shape[-1]))
    return view(addmm(bias, rows, t(weight)), (*x.shape[:-1], weight.shape[0]))


def __getattr__(name: str) -> Any:
    """Nothing: this is only asked for names that the module doesn't have.

    Raises: AttributeError that says what to do instead.
    """
    raise missing(f"module '{__name__}'", name)
