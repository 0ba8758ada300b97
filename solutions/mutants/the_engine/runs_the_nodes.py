"""Runs each node when its turn comes, though nothing flows here."""


def running_order(out):
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    ready, waits_for = list(nodes), dict.fromkeys(nodes, 0)
    for node in nodes:
        for target, _ in node.next_functions:
            if target is not None:
                if target not in waits_for:
                    waits_for[target] = 0
                    nodes.append(target)
                waits_for[target] += 1
    order = []
    while ready:
        node = max(ready, key=lambda each: each._sequence_nr())
        node(None)
        ready.remove(node)
        order.append(node)
        for target, _ in node.next_functions:
            if target is not None:
                waits_for[target] -= 1
                if waits_for[target] == 0:
                    ready.append(target)
    return order
