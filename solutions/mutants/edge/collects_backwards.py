"""Collects the edges in reverse."""


def collect_next_edges(*tensors):
    return tuple(gradient_edge(tensor) for tensor in reversed(tensors))
