"""One value for all elements: what `zero_` and `fill_` record.

Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import check_overflow
from .broadcasting import sum_to
from .operation import Operation, zeros_like


class Filling(Operation):
    """An operation that sets all elements to one number: elements that share memory may have that together.

    Source: `fill_out`, aten/src/ATen/native/Fill.cpp.
    """


class ZeroBackward0(Filling):
    """All elements set to 0. Source: `zero_`, derivatives.yaml."""

    gradients = (zeros_like,)

    @staticmethod
    def forward(x: Any) -> Any:
        return np.zeros_like(x)


class FillBackward2(Filling):
    """All elements set to a number, which has no edge. Source: `fill_.Scalar`, derivatives.yaml."""

    keeps = ("_value",)
    gradients = (lambda grad, value: zeros_like(grad),)

    @staticmethod
    def forward(x: Any, value: float) -> Any:
        check_overflow(value, x.dtype)
        return np.full_like(x, value)


class FillBackward3(Operation):
    """All elements set to a tensor without dimensions. Source: `fill_.Tensor`, derivatives.yaml."""

    gradients = (zeros_like, lambda grad: sum_to(grad, ()))

    @staticmethod
    def forward(x: Any, value: Any) -> Any:
        if value.ndim:
            dims = f"{value.ndim} dimensions"
            raise RuntimeError(f"fill_ only supports 0-dimension value tensor but got tensor with {dims}.")
        return np.full_like(x, value)
