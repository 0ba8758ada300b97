"""Answers of the lesson *Recording a graph*: a graph comes from running, and it has a place for each input."""

import mytorch as torch


def horner(coefficients: list[float], x: torch.Tensor) -> torch.Tensor | float:
    """The polynomial `c[0] + c[1] * x + c[2] * x**2 + …` at `x`, with one product and one sum for each power.

    Goal: let a loop of yours record a graph.
    Contract: begins with the last coefficient, and goes down: times `x`, plus the coefficient before. There are two
    coefficients or more, all of them plain numbers. Each step is `total * x + coefficient`, in this order.
    Worked value: for `[2.0, 3.0, 4.0]` at 5.0 it is `(4 * 5 + 3) * 5 + 2`, that is 117.0.
    """
    # The highest power's coefficient comes first.
    total: torch.Tensor | float = coefficients[-1]
    # Each step down multiplies by x once more.
    for coefficient in reversed(coefficients[:-1]):
        total = total * x + coefficient
    return total


def count_constants(out: torch.Tensor) -> int:
    """How many inputs of the operations behind `out` were constants.

    Goal: read from a graph what is not in it.
    Contract: counts the empty edges of every node that can be reached from `out`; each node counts once, however many
    paths lead to it. A tensor without `grad_fn` gives 0.
    Worked value: for `x * y + 1` it is 1, and for `(x * 2 + 3) * 4` it is 3.
    """
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    met = set(nodes)
    constants = 0
    # The list grows while the loop goes through it.
    for node in nodes:
        for neighbour, _ in node.next_functions:
            # An empty edge is the place of a constant; a node that is new is still to be visited.
            if neighbour is None:
                constants += 1
            elif neighbour not in met:
                met.add(neighbour)
                nodes.append(neighbour)
    return constants
