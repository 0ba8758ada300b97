"""The first difference between two graphs, found by walking both at once, breadth-first."""

from __future__ import annotations

from collections import deque
from itertools import zip_longest
from typing import TYPE_CHECKING

from autograder.checks.causes import APART, ENDLESS, SHARED, parted, unwanted
from autograder.model.transcript import Graph, GraphEdge, GraphNode, GraphRoot

if TYPE_CHECKING:
    from autograder.checks.sight import Sight
    from autograder.model.verdict import Cause

SHOWN_STEPS = 8  # of a path; the middle of a longer one is left out

_ENTERED = {"grad_fn": "Tensor", "function": "Edge", "": "Node"}
_NUMBER = {"grad_fn": ".output_nr", "function": ".input_nr", "": ""}


def graph_cause(expected: Graph, found: Graph, sight: Sight) -> Cause | None:
    """The first difference in breadth-first order; None where the two are equal."""
    if expected == found:
        return None
    return _Walk(expected, found, sight).cause() or _last_resort(expected, found, sight)


def _last_resort(expected: Graph, found: Graph, sight: Sight) -> Cause:
    """For a graph that goes on where the walk saw no difference, or that no observer numbers so."""
    path = sight.argument()
    if found.is_cut:
        return parted(path, str(len(expected.nodes)), str(len(found.nodes)), ENDLESS)
    return parted(path, "Graph", "Graph(…)")


class _Walk:
    """Pairs the nodes of two graphs as it meets them."""

    def __init__(self, expected: Graph, found: Graph, sight: Sight) -> None:
        self.expected = expected
        self.found = found
        self.sight = sight
        self.partner: dict[int, int] = {}  # expected node -> found node
        self.owner: dict[int, int] = {}  # found node -> expected node
        self.way: dict[int, tuple[int | None, str]] = {}  # expected node -> the node before it, and the step from there
        self.waiting: deque[int] = deque()

    def cause(self) -> Cause | None:
        """The first difference that the walk meets."""
        cause = self._roots()
        while cause is None and self.waiting:
            cause = self._edges(self.waiting.popleft())
        return cause

    def _roots(self) -> Cause | None:
        for index, (root, other) in enumerate(zip_longest(self.expected.roots, self.found.roots)):
            text = self.sight.argument(index)
            if root is None or other is None:
                return unwanted(text, "GraphRoot") if root is None else parted(text, "GraphRoot", None)
            cause = self._root(root, other, text)
            if cause is not None:
                return cause
        return None

    def _root(self, root: GraphRoot, other: GraphRoot, text: str) -> Cause | None:
        access = f"{text}.{root.via}" if root.via else text
        if root.via != other.via:
            is_none = other.kind == "constant" and not other.via
            return parted(text, _ENTERED[root.via], "None" if is_none else _ENTERED[other.via])
        if root.kind != other.kind and "node" not in (root.kind, other.kind):
            return parted(f"{text}.requires_grad", str(root.kind == "leaf"), str(other.kind == "leaf"))
        texts = _name(self.expected, root.node, self.found, other.node)
        if texts is not None:
            return parted(access, *texts)
        if root.output_nr != other.output_nr:
            return parted(f"{text}{_NUMBER[root.via]}", str(root.output_nr), str(other.output_nr))
        return self._meet(root.node, other.node, (None, access))

    def _edges(self, node: int) -> Cause | None:
        edges = _node(self.expected, node).edges
        others = _node(self.found, self.partner[node]).edges
        for index, (edge, other) in enumerate(zip_longest(edges, others)):
            cause = self._edge(edge, other, (node, f".next_functions[{index}]"))
            if cause is not None:
                return cause
        return None

    def _edge(self, edge: GraphEdge | None, other: GraphEdge | None, way: tuple[int, str]) -> Cause | None:
        if edge is None or other is None:
            return self._lone_edge(edge, other, self._path(way))
        texts = _name(self.expected, edge.node, self.found, other.node)
        if texts is not None or edge.input_nr != other.input_nr:
            name, found = texts or 2 * (_text(self.expected, edge.node),)
            return parted(self._path(way), f"({name}, {edge.input_nr})", f"({found}, {other.input_nr})")
        return self._meet(edge.node, other.node, (way[0], f"{way[1]}[0]"))

    def _lone_edge(self, edge: GraphEdge | None, other: GraphEdge | None, path: str) -> Cause | None:
        if edge is not None:
            return parted(path, f"({_text(self.expected, edge.node)}, {edge.input_nr})", None)
        return None if other is None else unwanted(path, f"({_text(self.found, other.node)}, {other.input_nr})")

    def _meet(self, node: int | None, other: int | None, way: tuple[int | None, str]) -> Cause | None:
        """Pair two nodes that look alike, or say that one of them was met before and the other was not."""
        if node is None or other is None:
            return None
        if node in self.partner:
            is_same = self.partner[node] == other
            return None if is_same else parted(self._path(way), self._path(self.way[node]), "another node", SHARED)
        if other in self.owner:
            return parted(self._path(way), "a node of its own", self._path(self.way[self.owner[other]]), APART)
        self.partner[node], self.owner[other], self.way[node] = other, node, way
        self.waiting.append(node)
        return None

    def _path(self, way: tuple[int | None, str]) -> str:
        """What one types to get there."""
        before, step = way
        steps = [step]
        while before is not None:
            before, step = self.way[before]
            steps.append(step)
        if len(steps) > SHOWN_STEPS:
            steps[SHOWN_STEPS // 2 : 1 - SHOWN_STEPS // 2] = ["…"]
        return "".join(reversed(steps))


def _name(expected: Graph, node: int | None, found: Graph, other: int | None) -> tuple[str, str] | None:
    """The texts of two nodes where they are of different operations or feed different leaves."""
    mine, theirs = _node(expected, node), _node(found, other)
    if (node is None) == (other is None) and (mine.name, mine.leaf) == (theirs.name, theirs.leaf):
        return None
    is_leaf_told = node is not None and other is not None and mine.name == theirs.name
    return _text(expected, node, is_leaf_told=is_leaf_told), _text(found, other, is_leaf_told=is_leaf_told)


def _node(graph: Graph, number: int | None) -> GraphNode:
    """The node of that number; a nameless one where there is none, since a forged graph may name any number."""
    is_there = number is not None and 0 <= number < len(graph.nodes)
    return graph.nodes[number or 0] if is_there else GraphNode(name="?", edges=())


def _text(graph: Graph, number: int | None, *, is_leaf_told: bool = False) -> str:
    """A node as it is shown: by its name, and the leaf that it feeds; "?" for a leaf that the check does not name."""
    if number is None:
        return "None"
    node = _node(graph, number)
    leaf = node.leaf or ("?" if is_leaf_told else None)
    return node.name[:100] if leaf is None else f"{node.name[:100]}({leaf[:50]})"
