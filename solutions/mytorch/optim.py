"""Optimizers.

Source: torch/optim/sgd.py and torch/optim/optimizer.py, version 2.13.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .closure import after_closure
from .grad_mode import no_grad
from .optimizer import checked_parameters, empty_gradient, optimizer_text, refuse_settings
from .unsupported import missing, missing_from


class SGD:
    """Gradient descent: each step takes `lr` times the gradient off each parameter.

    With `momentum` the gradient is replaced by a running sum, of which each step keeps that share; `weight_decay`
    adds that share of the parameter itself to its gradient.

    Raises: ValueError for negative settings, for parameters that are no leaves, or for none at all; TypeError for
    anything but a list of tensors; NotImplementedError for PyTorch's other settings.
    Source: torch/optim/sgd.py.
    """

    def __init__(  # noqa: PLR0913  # PyTorch's signature
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        self.off = refuse_settings(
            dampening=dampening,
            nesterov=nesterov,
            maximize=maximize,
            foreach=foreach,
            differentiable=differentiable,
            fused=fused,
        )
        self.params = checked_parameters(params)
        for name, value in (("learning rate", lr), ("momentum value", momentum), ("weight_decay value", weight_decay)):
            if value < 0.0:
                raise ValueError(f"Invalid {name}: {value}")
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.momentum_buffers: list[Any] = [None] * len(self.params)

    @after_closure
    def step(self) -> None:
        """Move each parameter that has a gradient.

        Goal: one step of learning, once the gradients are there.
        Contract: `self._move(place, parameter, gradient)` moves one parameter, which stands at `place` in
        `self.params`. A parameter without a gradient (None) stays where it is. The step itself is not recorded, and
        afterwards the grad mode is what it was.
        Worked value: with `lr` 0.1, a parameter 1.0 with the gradient 2.0 moves to 0.8.
        Source: `SGD.step`, torch/optim/sgd.py, version 2.13.
        """
        with no_grad():
            for place, parameter in enumerate(self.params):
                # Who took no part in the loss stays.
                if parameter.grad is not None:
                    self._move(place, parameter, parameter.grad)

    def _move(self, place: int, parameter: Any, gradient: Any) -> None:
        """One step of one parameter, in place.

        Goal: go downhill; with momentum, like a ball that keeps rolling.
        Contract: with `self.weight_decay` the direction is `gradient + weight_decay * parameter`, otherwise `gradient`.
        With `self.momentum` it is replaced by a running sum: the first direction is the first sum, and later each sum
        is `momentum` times the one before plus the direction; `self.momentum_buffers[place]` keeps it, None before the
        first step. Then the parameter loses `lr` times that. The parameter is changed in place, since others hold it;
        its gradient is not changed, and shares no memory with what is kept.
        Worked value: with `lr` 1 and `momentum` 0.5, two steps with the gradient 1.0 take 1.0 and then 1.5 off.
        Source: `_single_tensor_sgd`, torch/optim/sgd.py, version 2.13.
        """
        # Weights pull toward zero.
        if self.weight_decay:
            gradient = gradient.add(parameter, alpha=self.weight_decay)
        # Earlier steps go on pushing.
        if self.momentum:
            buffer = self.momentum_buffers[place]
            gradient = gradient.clone() if buffer is None else buffer.mul_(self.momentum).add_(gradient)
            self.momentum_buffers[place] = gradient
        # Against the gradient.
        parameter.add_(gradient, alpha=-self.lr)

    def zero_grad(self, set_to_none: bool = True) -> None:
        """Forget the gradients of all parameters.

        Goal: let the next backward pass begin on a clean page.
        Contract: every `.grad` becomes None; with `set_to_none=False` the tensor that is there stays, and
        `empty_gradient(gradient)` fills it with zeros in place and takes it out of its graph, while None stays None.
        Worked value: after `zero_grad()`, `parameter.grad is None`.
        Source: `Optimizer.zero_grad`, torch/optim/optimizer.py, version 2.13.
        """
        for parameter in self.params:
            # Throw the gradient away, or empty it.
            if set_to_none:
                parameter.grad = None
            elif parameter.grad is not None:
                empty_gradient(parameter.grad)

    def __repr__(self) -> str:
        on = {"lr": self.lr, "momentum": self.momentum, "weight_decay": self.weight_decay}
        return optimizer_text(self, {**self.off, **on})

    def __getattr__(self, name: str) -> Any:
        """Nothing: this is only asked for names that the optimizer doesn't have."""
        raise missing(f"'{type(self).__name__}' object", name)


__getattr__ = missing_from(__name__)
