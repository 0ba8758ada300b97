"""Lets nodes run in the order in which they became ready."""


def running_order(out):
    waits_for, nodes = {out.grad_fn: 0}, [out.grad_fn]
    for node in nodes:
        for target, _ in node.next_functions:
            if target is not None:
                if target not in waits_for:
                    waits_for[target] = 0
                    nodes.append(target)
                waits_for[target] += 1
    order = [out.grad_fn]
    for node in order:
        for target, _ in node.next_functions:
            if target is not None:
                waits_for[target] -= 1
                if waits_for[target] == 0:
                    order.append(target)
    return order
