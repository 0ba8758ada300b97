"""Graphs become canonical records, whatever stands where a node should."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from autograder.model.transcript import Graph
from autograder.probe.graph import NODES, graph_and_nodes, graph_record

Make = Callable[..., Any]


def decoded(*roots: Any, **leaves: Any) -> Graph:
    """The record, by way of JSON."""
    return msgspec.json.decode(json.dumps(graph_record(roots, leaves)), type=Graph)


def test_nodes_are_numbered_breadth_first_in_edge_order(node: Make, tensor: Make) -> None:
    """A node that is reached twice has one number."""
    x = tensor()
    leaf = node("torch::autograd::AccumulateGrad", variable=x)
    product = node("MulBackward0", (leaf, 0), (leaf, 0))
    graph = decoded(tensor(node("AddBackward0", (product, 0), (None, 0))), x=x)
    assert [(each.name, tuple(map(tuple_of, each.edges))) for each in graph.nodes] == [
        ("AddBackward0", ((1, 0), (None, 0))),
        ("MulBackward0", ((2, 0), (2, 0))),
        ("AccumulateGrad", ()),
    ]
    assert [each.leaf for each in graph.nodes] == [None, None, "x"]


def tuple_of(edge: Any) -> tuple[int | None, int]:
    """An edge as a pair."""
    return edge.node, edge.input_nr


def test_a_graph_is_entered_by_tensors_nodes_and_edges(node: Make, tensor: Make) -> None:
    """A leaf and a constant are told apart; the record says what leads from the argument to the node."""
    own = node("ExpBackward0")
    edge = SimpleNamespace(function=own, input_nr=2)
    empty = SimpleNamespace(function=None, input_nr=0)
    roots = decoded(tensor(own, 1), own, edge, empty, tensor(), tensor(requires_grad=False), None).roots
    assert [(root.kind, root.node, root.output_nr, root.via) for root in roots] == [
        ("node", 0, 1, "grad_fn"),
        ("node", 0, 0, ""),
        ("node", 0, 2, "function"),
        ("constant", None, 0, "function"),
        ("leaf", None, 0, "grad_fn"),
        ("constant", None, 0, "grad_fn"),
        ("constant", None, 0, ""),
    ]


def test_nodes_made_at_each_look_are_told_apart(tensor: Make) -> None:
    """Strong references are held while walking, so that no two nodes share an identity."""

    class Fresh:
        depth = 0

        def name(self) -> str:
            return "Fresh"

        @property
        def next_functions(self) -> Any:
            targets = [Fresh(), Fresh()] if self.depth < 6 else []
            for target in targets:
                target.depth = self.depth + 1
            return tuple((target, 0) for target in targets)

    assert len(decoded(Fresh()).nodes) == 127


def test_a_deep_graph_is_walked_by_a_loop(node: Make) -> None:
    """Its depth is no matter."""
    chain = node("End")
    for _ in range(5_000):
        chain = node("Step", (chain, 0))
    assert len(decoded(chain).nodes) == 5_001


def test_a_cycle_ends(node: Make) -> None:
    """A node that leads to itself is one node."""
    loop = node("Loop")
    loop.next_functions = ((loop, 0),)
    assert len(decoded(loop).nodes) == 1


def test_a_graph_without_end_is_cut(node: Make) -> None:
    """Neither a chain nor the edges of one node may go on for ever."""

    def chain() -> Iterator[Any]:
        step = node("Step")
        step.next_functions = chain()
        yield (step, 0)

    start, broad = node("Start"), node("Broad")
    start.next_functions = chain()
    broad.next_functions = ((None, number) for number in itertools.count())
    assert graph_record([start], {})["is_cut"]
    assert len(graph_record([start], {})["nodes"]) <= NODES
    assert graph_record([broad], {})["is_cut"]


def test_what_stands_in_a_nodes_place_is_named_by_its_type(node: Make) -> None:
    """A tensor put into `next_functions` by mistake is seen as what it is."""
    assert [each.name for each in decoded(node("Add", ("oops", 0))).nodes] == ["Add", "str"]


def test_edges_that_are_none_are_refused(node: Make, tensor: Make) -> None:
    """The sentence says which place of which node, what stands there, and what was expected."""
    with pytest.raises(TypeError, match=r"next_functions\[1\] of Add is an int, expected a pair \(node, input_nr\)"):
        graph_record([node("Add", (None, 0), 5)], {})
    with pytest.raises(TypeError, match=r"input_nr in next_functions\[0\] of Add is a str, expected a whole number"):
        graph_record([node("Add", (None, "0"))], {})
    nodes = node("Add")
    nodes.next_functions = 3
    with pytest.raises(TypeError, match="next_functions of Add is an int, expected a tuple"):
        graph_record([nodes], {})
    with pytest.raises(TypeError, match=r"name\(\) of a node gave an int, expected a string"):
        graph_record([node(3)], {})
    with pytest.raises(TypeError, match="the graph of a str was asked for, expected a tensor, a node or an edge"):
        graph_record(["x"], {})


def test_the_nodes_come_with_their_record(node: Make, tensor: Make) -> None:
    """Node number i of the record is the object at place i, also where the record was cut short."""
    leaf = node("torch::autograd::AccumulateGrad", variable=tensor())
    top = node("AddBackward0", (leaf, 0), (None, 0))
    record, nodes = graph_and_nodes([tensor(top)], {})
    assert nodes == [top, leaf]
    assert record == graph_record([tensor(top)], {})
    wide = node("CatBackward0", *((node("NegBackward0"), 0) for _ in range(NODES)))
    record, nodes = graph_and_nodes([wide], {})
    assert record["is_cut"]
    assert len(nodes) == len(record["nodes"])


def test_an_error_within_next_functions_is_let_through() -> None:
    """A misspelt name in a student's property is told as Python tells it, not as a node without edges."""

    class Misspelt:
        @property
        def next_functions(self) -> Any:
            return SimpleNamespace().func

    with pytest.raises(AttributeError, match="no attribute 'func'"):
        decoded(Misspelt())
