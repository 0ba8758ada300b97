"""Forgets the leaves: only a tensor with a `grad_fn` gets an edge."""


def gradient_edge(tensor):
    if getattr(tensor, "grad_fn", None) is None:
        return Edge()
    return Edge(tensor.grad_fn, tensor.output_nr)
