"""Collects all nodes and sorts them by their numbers: nobody waits."""


def running_order(out):
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    met = set(nodes)
    for node in nodes:
        for target, _ in node.next_functions:
            if target is not None and target not in met:
                met.add(target)
                nodes.append(target)
    return sorted(nodes, key=lambda node: node._sequence_nr(), reverse=True)
