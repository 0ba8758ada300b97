"""Waits for each node that leads to it, once, though two edges may come from one: it becomes ready too early."""


def running_order(out):
    waits_for, nodes = {out.grad_fn: 0}, [out.grad_fn]
    for node in nodes:
        for target in {target for target, _ in node.next_functions if target is not None}:
            if target not in waits_for:
                waits_for[target] = 0
                nodes.append(target)
            waits_for[target] += 1
    order, ready = [], [out.grad_fn]
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
