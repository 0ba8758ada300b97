"""Steps of an optimizer that compute the loss themselves.

Source: torch/optim/optimizer.py, version 2.13.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .grad_mode import enable_grad

Closure = Callable[[], Any]


def after_closure(step: Callable[[Any], None]) -> Callable[..., Any]:
    """`step`, which may be given a function `closure()` that computes the loss and goes backward from it.

    It is called first, with gradients recorded; the step returns what it returned, None without one.

    Source: `Optimizer.step`, torch/optim/optimizer.py.
    """

    @functools.wraps(step)
    def called(self: Any, closure: Closure | None = None) -> Any:
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        step(self)
        return loss

    return called
