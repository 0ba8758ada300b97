"""Views: tensors that show the memory of another one, and stay right when that memory changes in place.

A view knows its base and the steps that lead from the base's array to its own. When the base gets a new history, by a
change in place of the base or of any view, the view's `grad_fn` is made anew: the steps, applied to the base.
Source: `DifferentiableViewMeta`, torch/csrc/autograd/variable.h, version 2.13.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ..grad_mode import state
from ..node import Node
from ..tensor import Tensor
from .operation import Operation

Steps = tuple[tuple[Callable[..., Any], tuple[Any, ...]], ...]

_grad_fn_slot: Any = Tensor.__dict__["grad_fn"]
_flag_slot: Any = Tensor.__dict__["_requires_grad"]


class View(Tensor):
    """A tensor with the memory of `base`."""

    __slots__ = ("base", "history_version", "siblings", "steps")

    def __init__(self, array: Any, source: Tensor, step: tuple[Callable[..., Any], tuple[Any, ...]]) -> None:
        self.base: Tensor = source.base if isinstance(source, View) else source
        self.steps: Steps = (*source.steps, step) if isinstance(source, View) else (step,)
        self.siblings: str | None = None  # the operation's name, if it returns several views at once
        # Views made while nothing is recorded don't follow the history of their base.
        self.history_version = 0 if state.enabled else math.inf
        super().__init__(array)
        self._version_counter = source.version_counter()
        self.settle()

    def settle(self) -> None:
        """Take the history that the view has now as the right one for this version."""
        if self.history_version != math.inf:
            self.history_version = self._version

    @property
    def _base(self) -> Tensor:
        return self.base

    @property
    def grad_fn(self) -> Node | None:  # type: ignore[override]  # a slot in the base class, for speed
        """The node that made this view, made anew where the base has changed since."""
        if self._version_counter is not None and self._version > self.history_version and self.base._requires_grad:
            self.settle()
            AsStridedBackward0.record((self.base,), (self.base.array.shape, self.steps)).attach(self)
        node: Node | None = _grad_fn_slot.__get__(self)
        return node

    @grad_fn.setter
    def grad_fn(self, node: Node | None) -> None:
        _grad_fn_slot.__set__(self, node)

    @property
    def _requires_grad(self) -> bool:  # type: ignore[override]  # likewise
        return bool(_flag_slot.__get__(self)) or self.grad_fn is not None

    @_requires_grad.setter
    def _requires_grad(self, wanted: bool) -> None:
        _flag_slot.__set__(self, wanted)


class ViewOperation(Operation):
    """An operation whose result shares the memory of its input."""

    @classmethod
    def run(cls, *inputs: Any, constants: tuple[Any, ...] = ()) -> Any:
        """The view: of an array for an array, a `View` (recorded where needed) for a Tensor."""
        (source,) = inputs
        if not isinstance(source, Tensor):
            return cls.forward(source, *constants)
        output = View(cls.compute([source.memory()], constants), source, (cls.forward, constants))
        if source._requires_grad and state.enabled:
            cls.record(inputs, constants).attach(output)
        return output


class AsStridedBackward0(ViewOperation):
    """The steps of a view, applied to its base."""

    keeps = ("self_sym_sizes", "steps")
    gradients = (lambda grad, sizes, steps: AsStridedBackwardBackward0.run(grad, constants=(sizes, steps)),)

    @staticmethod
    def forward(x: Any, sizes: tuple[int, ...], steps: Steps) -> Any:
        return follow(x, steps)


class AsStridedBackwardBackward0(Operation):
    """Zeros of the base's shape, with the gradient added where the view shows the base."""

    keeps = ("self_sym_sizes", "steps")
    gradients = (lambda grad, sizes, steps: AsStridedBackward0.run(grad, constants=(sizes, steps)),)

    @staticmethod
    def forward(grad: Any, sizes: tuple[int, ...], steps: Steps) -> Any:
        numel = math.prod(sizes)
        positions = follow(np.arange(numel).reshape(sizes), steps)
        result = np.zeros(numel, grad.dtype)
        np.add.at(result, positions, grad)
        return result.reshape(sizes)


def follow(array: Any, steps: Steps) -> Any:
    """What a view shows of `array`."""
    for forward, constants in steps:
        array = forward(array, *constants)
    return array
