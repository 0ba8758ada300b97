"""Keeps the first accumulator that it ever asked for, and sends all leaves there."""

first = []


def gradient_edge(tensor):
    if not getattr(tensor, "requires_grad", False):
        return Edge()
    if tensor.grad_fn is not None:
        return Edge(tensor.grad_fn, tensor.output_nr)
    if not first:
        first.append(tensor._grad_accumulator())
    return Edge(first[0], 0)
