"""Optimizers.

Source: torch/optim/sgd.py and torch/optim/optimizer.py, version 2.13.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .grad_mode import no_grad
from .tensor import Tensor


class SGD:
    """Gradient descent: each step takes `lr` times the gradient off each parameter.

    With `momentum` the gradient is replaced by a running sum, of which each step keeps that share; `weight_decay`
    adds that share of the parameter itself to its gradient.

    Raises: ValueError for negative settings or an empty list of parameters.
    """

    def __init__(
        self, params: Iterable[Tensor], lr: float = 1e-3, momentum: float = 0, weight_decay: float = 0
    ) -> None:
        self.params = list(params)
        if not self.params:
            raise ValueError("optimizer got an empty parameter list")
        for name, value in (("learning rate", lr), ("momentum value", momentum), ("weight_decay value", weight_decay)):
            if value < 0:
                raise ValueError(f"Invalid {name}: {value}")
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.momentum_buffers: list[Any] = [None] * len(self.params)

    def step(self) -> None:
        """Move each parameter that has a gradient."""
        with no_grad():
            for place, parameter in enumerate(self.params):
                if parameter.grad is not None:
                    self._move(place, parameter, parameter.grad)

    def _move(self, place: int, parameter: Any, gradient: Any) -> None:
        """One step of one parameter."""
        if self.weight_decay:
            gradient = gradient.add(parameter, alpha=self.weight_decay)
        if self.momentum:
            buffer = self.momentum_buffers[place]
            gradient = gradient.clone() if buffer is None else buffer.mul_(self.momentum).add_(gradient)
            self.momentum_buffers[place] = gradient
        parameter.add_(gradient, alpha=-self.lr)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients: set them to None, or to zeros in place."""
        for parameter in self.params:
            if set_to_none:
                parameter.grad = None
            elif parameter.grad is not None:
                with no_grad():
                    zeroed: Any = parameter.grad
                    zeroed.zero_()
