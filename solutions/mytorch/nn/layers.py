"""Layers and losses.

Source: torch/nn/modules/linear.py, activation.py, container.py and loss.py, version 2.13.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ..creation import rand
from ..dtypes import dtype as DType
from ..dtypes import float32
from ..tensor import Tensor
from . import functional
from .module import Module, Parameter


class Linear(Module):
    """`x @ weight.T + bias`, started with even random numbers up to `1 / sqrt(in_features)`.

    Shapes: (n, in_features) gives (n, out_features).
    Source: torch/nn/modules/linear.py.
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True, dtype: DType = float32) -> None:
        self.in_features, self.out_features = in_features, out_features
        bound = 1 / math.sqrt(in_features) if in_features else 0.0
        self.weight = Parameter(_even(bound, out_features, in_features, dtype=dtype))
        self.bias = Parameter(_even(bound, out_features, dtype=dtype)) if bias else None

    def forward(self, x: Any) -> Any:
        """The layer's result for `x`."""
        return functional.linear(x, self.weight, self.bias)

    def extra_repr(self) -> str:
        """The sizes of the layer."""
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"


class Tanh(Module):
    """The hyperbolic tangent of each element. Source: torch/nn/modules/activation.py."""

    def forward(self, x: Any) -> Any:
        """The layer's result for `x`."""
        return functional.tanh(x)


class ReLU(Module):
    """Each element, or 0 where it is negative. Source: torch/nn/modules/activation.py."""

    def forward(self, x: Any) -> Any:
        """The layer's result for `x`."""
        return functional.relu(x)


class Sequential(Module):
    """Modules one after the other. Source: torch/nn/modules/container.py."""

    def __init__(self, *modules: Module) -> None:
        for place, module in enumerate(modules):
            setattr(self, str(place), module)

    def forward(self, x: Any) -> Any:
        """What the last module makes of what the one before makes, and so on."""
        for module in self:
            x = module(x)
        return x

    def __iter__(self) -> Iterator[Module]:
        return self.children()

    def __len__(self) -> int:
        return len(list(self.children()))

    def __getitem__(self, place: int) -> Module:
        return list(self.children())[place]


class MSELoss(Module):
    """The mean squared error; with `reduction` "sum" or "none" the sum, or each square.

    Source: torch/nn/modules/loss.py.
    """

    def __init__(self, reduction: str = "mean") -> None:
        self.reduction = reduction

    def forward(self, x: Any, target: Any) -> Any:
        """The loss of `x` against `target`."""
        return functional.mse_loss(x, target, self.reduction)


def _even(bound: float, *size: int, dtype: DType) -> Tensor:
    """Random numbers, even from `-bound` to `bound`."""
    return Tensor((rand(*size, dtype=dtype).array * 2 - 1) * bound)
