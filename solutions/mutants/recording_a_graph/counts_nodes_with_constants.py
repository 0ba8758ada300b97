"""Counts each node that has an empty edge once, also where it has several."""


def count_constants(out):
    nodes = [] if out.grad_fn is None else [out.grad_fn]
    met = set(nodes)
    constants = 0
    for node in nodes:
        targets = [neighbour for neighbour, _ in node.next_functions]
        if None in targets:
            constants += 1
        for neighbour in targets:
            if neighbour is not None and neighbour not in met:
                met.add(neighbour)
                nodes.append(neighbour)
    return constants
