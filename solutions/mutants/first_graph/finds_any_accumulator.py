"""Finds the last accumulator of the graph, whoever its leaf is."""


def find_accumulator(out, leaf):
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    found = None
    for node in nodes:
        if hasattr(node, "variable"):
            found = node
        nodes.extend(neighbour for neighbour, _ in node.next_functions if neighbour is not None)
    return found
