"""Walks depth first."""


def walk(out):
    waiting = [] if out.grad_fn is None else [out.grad_fn]
    met = set()
    names = []
    while waiting:
        node = waiting.pop()
        if node is None or node in met:
            continue
        met.add(node)
        names.append(node.name())
        waiting.extend(neighbour for neighbour, _ in node.next_functions)
    return names
