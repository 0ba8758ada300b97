"""Layers and losses.

Source: torch/nn/modules/linear.py, activation.py, container.py and loss.py, version 2.13.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator
from typing import Any

from ..arguments import ADVICE
from ..creation import rand
from ..dtypes import dtype as DType
from ..dtypes import type_name
from ..size import sizes_from
from ..tensor import Tensor
from . import functional
from .module import Module, Parameter


class Linear(Module):
    """`x @ weight.T + bias`, started with uniform random numbers between `±1 / sqrt(in_features)`.

    Shapes: (…, in_features) gives (…, out_features).
    Raises: TypeError for a device, or a size that is not whole; RuntimeError for a negative size, and for an input
    whose last dimension or dtype is another; NotImplementedError for a dtype of whole numbers.
    Source: torch/nn/modules/linear.py.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        device: None = None,
        dtype: DType | None = None,
    ) -> None:
        super().__init__()
        if device is not None:
            raise TypeError(f"Linear(device=) is not supported here: {ADVICE['device']}")
        self.in_features, self.out_features = in_features, out_features
        sizes_from((out_features, in_features), "empty(): argument 'size'")  # refuses what is not whole
        bound = 1 / math.sqrt(in_features) if in_features > 0 else 0.0
        self.weight = Parameter(_uniform(bound, out_features, in_features, dtype=dtype))
        self.bias = Parameter(_uniform(bound, out_features, dtype=dtype)) if bias else None

    def forward(self, input: Any) -> Any:
        """The layer's result for `input`."""
        return functional.linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """The sizes of the layer."""
        return f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"


class Tanh(Module):
    """The hyperbolic tangent of each element, in the shape of the input. Source: torch/nn/modules/activation.py."""

    def forward(self, input: Any) -> Any:
        """The layer's result for `input`."""
        return functional.tanh(input)


class ReLU(Module):
    """Each element, or 0 where it is negative, in the shape of the input; in place if wanted.

    Raises: RuntimeError for truth values, and in place on a leaf that requires grad.
    Source: torch/nn/modules/activation.py.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Any) -> Any:
        """The layer's result for `input`."""
        return functional.relu(input, self.inplace)

    def extra_repr(self) -> str:
        """Whether the input is changed."""
        return "inplace=True" if self.inplace else ""


class Sequential(Module):
    """Modules one after the other: the shape is what the last one gives.

    Raises: TypeError for anything but a module; IndexError for a place where there is none.
    Source: torch/nn/modules/container.py.
    """

    def __init__(self, *modules: Module) -> None:
        super().__init__()
        for place, module in enumerate(modules):
            if not isinstance(module, Module):
                raise TypeError(f"{type_name(module)} is not a Module subclass")
            setattr(self, str(place), module)

    def forward(self, input: Any) -> Any:
        """What the last module makes of what the one before makes, and so on."""
        for module in self:
            input = module(input)
        return input

    def __iter__(self) -> Iterator[Module]:
        return iter(self._modules.values())

    def __len__(self) -> int:
        return len(self._modules)

    def __getitem__(self, place: Any) -> Module:
        named = list(self._modules.items())
        if isinstance(place, slice):
            part = Sequential()
            vars(part).update(named[place])
            return part
        number = operator.index(place)
        if not -len(named) <= number < len(named):
            raise IndexError(f"index {number} is out of range")
        return named[number][1]


class MSELoss(Module):
    """The mean squared error; with `reduction` "sum" or "none" the sum, or each square.

    Shapes: (); for "none" that to which input and target are broadcast.
    Raises: when it is called, ValueError for another reduction; RuntimeError when the shapes can't be broadcast;
    NotImplementedError for whole numbers.
    Source: torch/nn/modules/loss.py.
    """

    def __init__(self, size_average: Any = None, reduce: Any = None, reduction: str = "mean") -> None:
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("size_average= and reduce= of MSELoss are not supported here: use reduction=")
        self.reduction = reduction

    def forward(self, input: Any, target: Any) -> Any:
        """The loss of `input` against `target`."""
        return functional.mse_loss(input, target, reduction=self.reduction)


def _uniform(bound: float, *size: int, dtype: DType | None) -> Tensor:
    """Random numbers, uniform from `-bound` to `bound`, in the shape `size`."""
    return Tensor((rand(*size, dtype=dtype).array * 2 - 1) * bound)
