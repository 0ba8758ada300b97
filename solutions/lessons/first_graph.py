"""Answers of the lesson *A first graph*: four functions that look at a graph and use what flows through it."""

import mytorch as torch


def walk(out: torch.Tensor) -> list[str]:
    """The names of all nodes behind `out`, nearest first.

    Goal: go from the node that made `out` to the leaves along `next_functions`.
    Contract: breadth first, from left to right; a node that is reached twice is named once; constants have no node and
    no name; a tensor without `grad_fn` gives the empty list. Graphs may be 100,000 nodes deep: no recursion.
    Worked value: for `out = x * y + 1` it is AddBackward0, MulBackward0, and the names of two accumulators.
    """
    # Begin at the node that made `out`, if there is one.
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    met = set(nodes)
    # The list grows at its end while the loop goes through it: each node brings the neighbours not met before.
    for node in nodes:
        for neighbour, _ in node.next_functions:
            if neighbour is not None and neighbour not in met:
                met.add(neighbour)
                nodes.append(neighbour)
    return [node.name() for node in nodes]


def find_accumulator(out: torch.Tensor, leaf: torch.Tensor) -> object:
    """The node behind `out` that adds gradients into `leaf`; None when there is no such node.

    Goal: find where in a graph a leaf is waiting for its gradient.
    Contract: it is the node whose `variable` is this very tensor, not one that holds equal numbers; most nodes have no
    `variable` at all.
    Worked value: for `out = x * y`, `find_accumulator(out, x)` is `out.grad_fn.next_functions[0][0]`.
    """
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    met = set(nodes)
    # Walk as before, and stop at the node that is looked for.
    for node in nodes:
        if getattr(node, "variable", None) is leaf:
            return node
        for neighbour, _ in node.next_functions:
            if neighbour is not None and neighbour not in met:
                met.add(neighbour)
                nodes.append(neighbour)
    return None


def gradients_after(leaf: torch.Tensor, losses: list[torch.Tensor]) -> list[list[float]]:
    """What `leaf.grad` held after the backward pass of each of `losses`, in order.

    Goal: watch a gradient grow over several backward passes.
    Contract: nothing is zeroed, before or between. Each entry is what `leaf.grad.tolist()` was at that moment.
    Worked value: for the losses `w * 2` and `w * 3` with a fresh leaf `w` of one element it is `[[2.0], [5.0]]`.
    """
    found = []
    for loss in losses:
        # Go backward, then take the numbers at once: `.grad` itself will change.
        loss.backward()
        found.append([] if leaf.grad is None else leaf.grad.tolist())
    return found


def training_step(weight: torch.Tensor, loss: torch.Tensor, rate: float) -> None:
    """One step of gradient descent: `weight` moves against the gradient of `loss`.

    Goal: the step that every training loop repeats.
    Contract: `weight` is changed in place, by `rate` times the gradient of this loss alone, whatever `weight.grad` held
    before; the update itself is not recorded (`torch.no_grad()`), and `weight` stays a leaf.
    Worked value: at `weight` 3.0 with the loss `weight * weight` and rate 0.5, `weight` becomes 0.0.
    """
    # Forget what earlier passes left behind.
    weight.grad = None
    # Go backward.
    loss.backward()
    # Step downhill, without recording the step.
    with torch.no_grad():
        weight -= rate * weight.grad
