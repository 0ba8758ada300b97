"""Takes a node as ready when the first gradient has come."""


def running_order(out):
    order, ready, met = [], [out.grad_fn], {out.grad_fn}
    while ready:
        node = max(ready, key=lambda each: each._sequence_nr())
        ready.remove(node)
        order.append(node)
        for target, _ in node.next_functions:
            if target is not None and target not in met:
                met.add(target)
                ready.append(target)
    return order
