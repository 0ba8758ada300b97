"""Edges: where the gradient of a value goes next.

Source: torch/csrc/autograd/edge.h and torch/csrc/autograd/functions/utils.h, version 2.13.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .node import Node


@dataclass(slots=True)
class Edge:
    """An arrow to input `input_nr` of the node `function`; `Edge()` is the empty edge of a constant.

    Source: `struct Edge`, torch/csrc/autograd/edge.h, version 2.13.
    """

    function: Node | None = None
    input_nr: int = 0

    def is_valid(self) -> bool:
        """True when the edge leads to a node, False for the empty edge.

        Goal: tell a real arrow from the place that a constant keeps.
        Contract: `input_nr` plays no part in the answer.
        Worked value: `Edge().is_valid()` is False, `Edge(node, 1).is_valid()` is True.
        Source: `Edge::is_valid`, torch/csrc/autograd/edge.h, version 2.13.
        """
        return self.function is not None


def gradient_edge(tensor: Any) -> Edge:
    """The edge along which the gradient of `tensor` travels.

    Goal: say where a gradient of this tensor has to be sent.
    Contract: a computed tensor leads to its `grad_fn`, at the input numbered like the tensor's `output_nr`; a leaf
    that requires grad leads to input 0 of its accumulator, `tensor._grad_accumulator()`; a tensor that does not
    require grad gives the empty edge, and so does a plain number, which has none of these members.
    Worked value: with `x` a leaf and `y = x * 2`, `gradient_edge(y)` is `Edge(y.grad_fn, 0)`,
    `gradient_edge(x)` is `Edge(x._grad_accumulator(), 0)` and `gradient_edge(2)` is `Edge()`.
    Source: `gradient_edge`, torch/csrc/autograd/variable.cpp, version 2.13.
    """
    # A computed tensor sends its gradient to the node that made it.
    node = getattr(tensor, "grad_fn", None)
    if node is not None:
        return Edge(node, tensor.output_nr)
    # A leaf sends it to its accumulator.
    if getattr(tensor, "requires_grad", False):
        return Edge(tensor._grad_accumulator(), 0)
    # A constant, be it a tensor or a number, has nowhere to send a gradient.
    return Edge()


def collect_next_edges(*tensors: Any) -> tuple[Edge, ...]:
    """The edges of a new node whose inputs are `tensors`: one for each input, in order.

    Goal: describe all inputs of an operation, so that input number `i` belongs to edge number `i`.
    Contract: a constant keeps its place with an empty edge; an input that occurs twice has two edges.
    Worked value: for `x * 2` with a leaf `x`, `collect_next_edges(x, 2)` is `(Edge(accumulator of x, 0), Edge())`.
    Source: `collect_next_edges`, torch/csrc/autograd/function.h, version 2.13.
    """
    # Ask each input for its edge, and leave no input out.
    return tuple(map(gradient_edge, tensors))
