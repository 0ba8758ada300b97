"""Gives a leaf once for each way that leads to it."""


def leaves_of(out):
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    leaves = []
    for node in nodes:
        if getattr(node, "variable", None) is not None:
            leaves.append(node.variable)
        nodes.extend(target for target, _ in node.next_functions if target is not None)
    return leaves
