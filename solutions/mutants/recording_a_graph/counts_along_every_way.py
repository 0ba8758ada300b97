"""Counts a node's constants again for each way that leads to it."""


def count_constants(out):
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    constants = 0
    for node in nodes:
        for neighbour, _ in node.next_functions:
            if neighbour is None:
                constants += 1
            else:
                nodes.append(neighbour)
    return constants
