"""Names a node once for each path that leads to it, and takes it for granted that there is a graph."""


def walk(out):
    nodes = [out.grad_fn]
    for node in nodes:
        nodes.extend(neighbour for neighbour, _ in node.next_functions if neighbour is not None)
    return [node.name() for node in nodes]
