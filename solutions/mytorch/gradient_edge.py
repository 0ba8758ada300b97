"""`GradientEdge`: a place in the graph that stands for a tensor without keeping its value.

Source: torch/autograd/graph.py, version 2.13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .edge import gradient_edge

if TYPE_CHECKING:
    from .node import Node


class GradientEdge(NamedTuple):
    """The output `output_nr` of `node`; `ownership_token` keeps alive what the edge needs.

    Source: torch/autograd/graph.py.
    """

    node: Node
    output_nr: int
    ownership_token: Any = None


def get_gradient_edge(tensor: Any) -> GradientEdge:
    """The edge of `tensor`: its `grad_fn`, or the accumulator of a leaf.

    Raises: RuntimeError for a tensor that requires no gradient; AssertionError for a view that was made without grad.
    Source: torch/autograd/graph.py.
    """
    if not tensor.requires_grad:
        raise RuntimeError("It is not possible to get the gradient edge for a Tensor that does not require gradients")
    edge = gradient_edge(tensor)
    if edge.function is None:
        raise AssertionError("Expected gradient function to be set")
    return GradientEdge(edge.function, edge.input_nr)
