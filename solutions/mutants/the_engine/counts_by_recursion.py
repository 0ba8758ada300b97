"""Counts what each node waits for with a function that calls itself, which ends at a thousand nodes."""


def running_order(out):
    waits_for = {}

    def count(node):
        for target, _ in node.next_functions:
            if target is not None:
                is_new = target not in waits_for
                waits_for[target] = waits_for.get(target, 0) + 1
                if is_new:
                    count(target)

    ready = [] if out.grad_fn is None else [out.grad_fn]
    for node in ready:
        count(node)
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
