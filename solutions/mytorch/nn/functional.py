"""Layers as functions.

Source: torch/nn/functional.py, version 2.13.
"""

from __future__ import annotations

from typing import Any

from ..arguments import parse_arguments
from ..operations import elementwise, in_place, loss
from ..operations.linear_algebra import addmm, matmul
from ..operations.shapes import reshape, t, view
from ..unsupported import missing_from

__all__ = ["linear", "mse_loss", "relu", "tanh"]

tanh = parse_arguments(elementwise.tanh)
mse_loss = parse_arguments(loss.mse_loss)


@parse_arguments
def relu(x: Any, inplace: bool = False) -> Any:
    """Each element of `x`, or 0 where it is negative, in its shape; in place if wanted.

    Raises: RuntimeError for truth values, and in place on a leaf that requires grad.
    Source: torch/nn/functional.py.
    """
    return in_place.relu_(x) if inplace else elementwise.relu(x)


@parse_arguments
def linear(x: Any, weight: Any, bias: Any = None) -> Any:
    """`x @ weight.T + bias`.

    Shapes: (…, k), (m, k) and (m,) give (…, m).
    Raises: RuntimeError for an `x` without dimensions, or when the shapes don't fit, or the dtypes differ.
    Source: torch/nn/functional.py, and `_flatten_nd_linear`, aten/src/ATen/native/Linear.cpp.
    """
    if not len(x.shape):
        raise RuntimeError(f"both arguments to linear need to be at least 1D, but they are 0D and {len(weight.shape)}D")
    if bias is None:
        return matmul(x, t(weight))
    if len(x.shape) == 2:
        return addmm(bias, x, t(weight))
    rows = reshape(x, (-1, x.shape[-1]))
    return view(addmm(bias, rows, t(weight)), (*x.shape[:-1], weight.shape[0]))


__getattr__ = missing_from(__name__)
