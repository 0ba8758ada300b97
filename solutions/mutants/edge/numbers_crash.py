"""Takes every input for a tensor: a plain number ends in an AttributeError."""


def gradient_edge(tensor):
    if not tensor.requires_grad:
        return Edge()
    if tensor.grad_fn is not None:
        return Edge(tensor.grad_fn, tensor.output_nr)
    return Edge(tensor._grad_accumulator(), 0)
