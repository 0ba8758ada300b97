"""Edges as frozen records, with one empty edge for all constants."""


@dataclass(frozen=True)
class Edge:
    """An arrow to input `input_nr` of the node `function`."""

    function: object = None
    input_nr: int = 0

    def is_valid(self):
        return self.function is not EMPTY.function


EMPTY = Edge()


def gradient_edge(tensor):
    try:
        if not tensor.requires_grad:
            return EMPTY
    except AttributeError:
        return EMPTY
    node = tensor.grad_fn or tensor._grad_accumulator()
    return Edge(node, tensor.output_nr)
