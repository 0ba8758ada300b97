"""Passes that are restricted to some inputs: `autograd.grad` and `backward(inputs=…)`.

Source: `GraphTask::init_to_execute`, torch/csrc/autograd/engine.cpp, version 2.13.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .edge import Edge
from .node import Node


class Captures:
    """The gradients to catch on their way, at which inputs of which nodes.

    `executed` holds the nodes that run; a captured node that is not in it stops the pass there. All of them, and no
    others, take part.

    Source: `GraphTask::ExecInfo`, torch/csrc/autograd/graph_task.h.
    """

    __slots__ = ("edges", "executed", "found")

    def __init__(self, edges: Sequence[Edge], executed: set[Node]) -> None:
        self.executed = executed
        self.found: list[Any] = [None] * len(edges)
        self.edges: dict[Node, list[tuple[int, int]]] = {}
        for position, edge in enumerate(edges):
            if edge.function is not None:
                self.edges.setdefault(edge.function, []).append((position, edge.input_nr))

    def take(self, node: Node, arrived: Sequence[Any], hooked: Sequence[Any]) -> bool:
        """Keep what is wanted of the gradients that came to `node`; True when the node is to run as well.

        PyTorch keeps them as tensor hooks left them where the pass stops, and as they arrived where it goes on.
        """
        runs = node in self.executed
        for position, input_nr in self.edges.get(node, ()):
            self.found[position] = (arrived if runs else hooked)[input_nr]
        return runs

    def wanted(self, node: Node, gradients: tuple[Any, ...]) -> tuple[Any, ...]:
        """What `node` made, without gradients along edges to nodes that take no part: PyTorch runs no formula there.

        Users' own functions make all of theirs in any case.

        Source: `task_should_compute_output`, torch/csrc/autograd/node.h.
        """
        if not getattr(node, "leaves_out", False):
            return gradients
        pairs = zip(gradients, node.next_edges, strict=True)
        return tuple(gradient if self.takes_part(edge.function) else None for gradient, edge in pairs)

    def takes_part(self, node: Node | None) -> bool:
        """Whether `node` runs or is captured; an empty edge may have a gradient in any case."""
        return node is None or node in self.executed or node in self.edges

    def results(self) -> tuple[Any, ...]:
        """The captured gradients in the order of the edges, None where nothing came."""
        return tuple(self.found)


def prepare_captures(
    dependencies: dict[Node, int], root: Node, output_edges: Sequence[Edge], accumulate_grad: bool
) -> Captures | None:
    """Restrict a pass to what leads to `output_edges`: other nodes leave `dependencies`. None without such edges.

    With `accumulate_grad` the nodes of these edges run too, so that leaves accumulate. An only root is met in any case,
    since PyTorch puts no node in front of it: then its tensors' hooks are called, even if it leads nowhere.

    Source: `GraphTask::init_to_execute` and `Engine::execute`, torch/csrc/autograd/engine.cpp.
    """
    if not output_edges:
        return None
    targets = {edge.function for edge in output_edges if edge.function is not None}
    on_the_way = _nodes_leading_to(targets, root, dependencies)
    roots = [edge.function for edge in root.next_edges if edge.function is not None]
    for node in dependencies.keys() - on_the_way - targets - set(roots if len(roots) == 1 else ()):
        del dependencies[node]
    executed = on_the_way | targets if accumulate_grad else on_the_way
    return Captures(() if accumulate_grad else output_edges, executed | {root})


def _nodes_leading_to(targets: set[Node], root: Node, reachable: dict[Node, int]) -> set[Node]:
    """The nodes from which at least one edge starts a path to one of `targets`."""
    sources: dict[Node, list[Node]] = {}
    for node in (root, *reachable):
        for edge in node.next_edges:
            if edge.function is not None:
                sources.setdefault(edge.function, []).append(node)
    found: set[Node] = set()
    waiting = list(targets)
    while waiting:
        for node in sources.get(waiting.pop(), ()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found
