"""Answers of the lesson *The engine*: in which order nodes run, and why each runs once."""

import mytorch as torch


def running_order(out: torch.Tensor) -> list[torch.autograd.graph.Node]:
    """The nodes behind `out` in the order in which the engine runs them.

    Goal: be the engine, without any gradients.
    Contract: a node is ready once all edges toward it have been walked along. Of the nodes that are ready, the one with
    the highest `_sequence_nr()` is next. No node is run; graphs may be thousands of nodes deep. A tensor without
    `grad_fn` gives the empty list.
    Worked value: for `h = x * x` and `out = h + h * 3` it is the sum, the product `h * 3`, then `h`, then the
    accumulator of `x`.
    """
    # Count how many edges lead to each node.
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    ready = list(nodes)
    waits_for = dict.fromkeys(nodes, 0)
    for node in nodes:
        for target, _ in node.next_functions:
            if target is not None:
                if target not in waits_for:
                    waits_for[target] = 0
                    nodes.append(target)
                waits_for[target] += 1
    # Take the last recorded of those that are ready, and walk along its edges.
    order = []
    while ready:
        node = max(ready, key=lambda each: each._sequence_nr())
        ready.remove(node)
        order.append(node)
        for target, _ in node.next_functions:
            if target is not None:
                waits_for[target] -= 1
                if waits_for[target] == 0:
                    ready.append(target)
    return order


def count_paths(order: list[torch.autograd.graph.Node]) -> int:
    """How many different ways lead from the first node of `order` to its last one.

    Goal: see how much work the engine saves by waiting.
    Contract: `order` is a running order, so that every node stands behind all nodes that have an edge to it. Two edges
    between the same two nodes are two ways. There may be more ways than anybody could walk: no way is walked twice.
    Worked value: with `h = x * x` and `out = h + h` it is 4: two ways to `h`, and from there two to the accumulator.
    """
    # One way leads to where we begin.
    ways = dict.fromkeys(order, 0)
    ways[order[0]] = 1
    # By the time a node's turn has come, all ways to it have been counted.
    for node in order:
        for target, _ in node.next_functions:
            if target is not None:
                ways[target] += ways[node]
    return ways[order[-1]]
