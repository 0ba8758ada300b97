"""Asks for `grad_fn` only: a constant tensor is taken for a leaf."""


def gradient_edge(tensor):
    if not hasattr(tensor, "grad_fn"):
        return Edge()
    if tensor.grad_fn is not None:
        return Edge(tensor.grad_fn, tensor.output_nr)
    return Edge(tensor._grad_accumulator(), 0)
