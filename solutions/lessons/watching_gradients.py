"""Answers of the lesson *Watching gradients*: looking at gradients on their way, and keeping them out."""

from collections.abc import Callable

import mytorch as torch


def watch(log: list[tuple[str, list[float]]], **tensors: torch.Tensor) -> list[object]:
    """Let each of `tensors` report to `log` when its gradient is complete; the handles of the hooks, in order.

    Goal: see in which order gradients come about.
    Contract: each report is a pair of the tensor's name and the gradient's `tolist()`, added to the end of `log`. The
    gradients themselves go on as they are.
    Worked value: for `y = x * 3` with `watch(log, x=x, y=y)`, `y.backward()` leaves
    `[("y", [1.0]), ("x", [3.0])]` in `log`.
    """
    handles: list[object] = []
    for name, tensor in tensors.items():
        # The hook notes the name of its own tensor, and returns nothing.
        def report(gradient: torch.Tensor, name: str = name) -> None:
            log.append((name, gradient.tolist()))

        handles.append(tensor.register_hook(report))
    return handles


def straight_through(x: torch.Tensor, step: "Callable[[torch.Tensor], torch.Tensor]") -> torch.Tensor:
    """`step(x)` on the way there, and on the way back as if there were no step.

    Goal: train through a function that is flat everywhere, such as rounding, whose gradient is 0.
    Contract: the result has the value of `step(x)`; the gradient that arrives at it arrives at `x` unchanged, and none
    goes through `step`.
    Worked value: for `x` at 0.7 and a step that gives 1.0, the result is 1.0, and its gradient toward `x` is 1.
    """
    # What the step adds to `x` is a number like any other: no gradient goes there.
    added = (step(x) - x).detach()
    return x + added
