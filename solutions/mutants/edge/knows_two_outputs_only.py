"""Tells the first output of a node from the others, but not the others from each other."""


def gradient_edge(tensor):
    if not getattr(tensor, "requires_grad", False):
        return Edge()
    if tensor.grad_fn is not None:
        return Edge(tensor.grad_fn, 1 if tensor.output_nr else 0)
    return Edge(tensor._grad_accumulator(), 0)
