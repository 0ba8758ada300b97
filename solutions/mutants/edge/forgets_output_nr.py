"""Forgets which of several outputs a tensor is: every edge leads to input 0."""


def gradient_edge(tensor):
    if not getattr(tensor, "requires_grad", False):
        return Edge()
    if tensor.grad_fn is not None:
        return Edge(tensor.grad_fn, 0)
    return Edge(tensor._grad_accumulator(), 0)
