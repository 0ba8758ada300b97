"""Edges as a plain class, compared by identity."""


class Edge:
    """An arrow to input `input_nr` of the node `function`."""

    def __init__(self, function=None, input_nr=0):
        self.function = function
        self.input_nr = input_nr

    def is_valid(self):
        return bool(self.function is not None)


def gradient_edge(tensor):
    if hasattr(tensor, "requires_grad") and tensor.requires_grad:
        if tensor.grad_fn is None:
            return Edge(tensor._grad_accumulator())
        return Edge(tensor.grad_fn, tensor.output_nr)
    return Edge(None, 0)


def collect_next_edges(*tensors):
    edges = ()
    for tensor in tensors:
        edges += (gradient_edge(tensor),)
    return edges
