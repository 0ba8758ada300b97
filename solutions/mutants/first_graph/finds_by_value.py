"""Compares what leaves hold, not who they are."""


def find_accumulator(out, leaf):
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    for node in nodes:
        variable = getattr(node, "variable", None)
        if variable is not None and variable.tolist() == leaf.tolist():
            return node
        nodes.extend(neighbour for neighbour, _ in node.next_functions if neighbour is not None)
    return None
