"""Answers of the lesson *The life of a graph*: what a graph keeps, how long, and who may change it."""

from collections.abc import Callable

import mytorch as torch


def count_changes(tensor: torch.Tensor, action: "Callable[[torch.Tensor], object]") -> int:
    """How many times `action(tensor)` modifies the tensor's memory in place.

    Goal: see what a version counter sees.
    Contract: counts modifications, whether or not they change any number, also those made through a view; those from
    before don't count. `action` is called once.
    Worked value: for `lambda t: t.add_(1).mul_(2)` it is 2, for `lambda t: t + 1` it is 0.
    """
    # The counter may already have counted something.
    before = tensor._version
    action(tensor)
    return tensor._version - before


def is_kept(make: "Callable[[], object]", operation: "Callable[[object], object]") -> bool:
    """Whether the result of an operation keeps its operand alive.

    Goal: find out what a graph holds on to.
    Contract: the operand is what `make()` returns, the result is `operation(operand)`. The answer is about the moment
    when the result is still there, and nobody else holds the operand.
    Worked value: with `make` returning `x * 3`, it is False for `lambda y: y + 1` and True for `lambda y: y * y`.
    """
    import weakref

    # Make both, and look at the operand through a reference that does not hold it.
    operand = make()
    watcher = weakref.ref(operand)
    result = operation(operand)
    # Let go of the operand while the result still stands, then look.
    del operand
    is_alive = watcher() is not None
    del result
    return is_alive


def backward_times(loss: torch.Tensor, times: int) -> None:
    """Go backward from `loss` that many times, and leave nothing behind.

    Goal: use one graph for several passes, and free it in the end.
    Contract: `times` is at least 1. Each pass but the last keeps what the graph has saved; after the last one it is
    freed as after any ordinary pass.
    Worked value: for `loss = x * x` at 3.0 and 2 times, `x.grad` is 12.0, and a further `loss.backward()` is refused.
    """
    # All but the last keep the graph.
    for _ in range(times - 1):
        loss.backward(retain_graph=True)
    # The last one frees it.
    loss.backward()
