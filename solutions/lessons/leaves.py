"""Answers of the lesson *Leaves*: where gradients end up, and who puts them there."""

import mytorch as torch


def leaves_of(out: torch.Tensor) -> list[torch.Tensor]:
    """The leaves behind `out`, each once, nearest first.

    Goal: find out which tensors will have a gradient after `out.backward()`.
    Contract: breadth first, from left to right along `next_functions`. A node with a `variable` is an accumulator, and
    that is its leaf. A tensor without `grad_fn` gives the empty list.
    Worked value: for `x * y + x` it is `[x, y]`.
    """
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    met = set(nodes)
    leaves = []
    for node in nodes:
        # Accumulators know their leaf, all others have none.
        leaf = getattr(node, "variable", None)
        if leaf is not None:
            leaves.append(leaf)
        # Visit every node once.
        for neighbour, _ in node.next_functions:
            if neighbour is not None and neighbour not in met:
                met.add(neighbour)
                nodes.append(neighbour)
    return leaves


def deliver(leaf: torch.Tensor, gradients: list[torch.Tensor]) -> torch.Tensor | None:
    """What is in `leaf.grad` after its accumulator has received each of `gradients`, one after the other.

    Goal: do by hand what the engine does at the end of every path.
    Contract: the accumulator is called once for each gradient, in order; nobody writes into `leaf.grad` but the
    accumulator. What had been there before stays part of the sum.
    Worked value: for a fresh leaf and the gradients 2.0 and 3.0 it is 5.0; once more the same, and it is 10.0.
    """
    # Any operation on the leaf has an edge to its accumulator.
    accumulator = (leaf * 1).grad_fn.next_functions[0][0]
    for gradient in gradients:
        accumulator(gradient)
    return leaf.grad
