"""Edges as tuples with names."""

from typing import NamedTuple


class Edge(NamedTuple):
    """An arrow to input `input_nr` of the node `function`."""

    function: object = None
    input_nr: int = 0

    def is_valid(self):
        return self.function is not None


def collect_next_edges(*tensors):
    return tuple(map(gradient_edge, tensors))
