"""Graphs in one line each."""

from __future__ import annotations

from autograder.model.transcript import Graph, GraphEdge, GraphNode, GraphRoot


def graph(roots, *nodes) -> Graph:
    """A graph from `(name, edges)`: "=x" is leaf x's accumulator, an edge is a node, None or `(node, input_nr)`."""
    return Graph(roots=tuple(map(_root, roots)), nodes=tuple(_node(name, edges) for name, edges in nodes))


def _root(root) -> GraphRoot:
    return GraphRoot(kind=root) if isinstance(root, str) else GraphRoot(kind="node", node=root)


def _node(name, edges) -> GraphNode:
    pairs = tuple(GraphEdge(*edge) if isinstance(edge, tuple) else GraphEdge(edge, 0) for edge in edges)
    is_leaf = name.startswith("=")
    return GraphNode(name="AccumulateGrad" if is_leaf else name, edges=pairs, leaf=name[1:] if is_leaf else None)


# x * y + x ** 2
SUM = graph([0], ("AddBackward0", [1, 2]), ("MulBackward0", [3, 4]), ("PowBackward0", [3]), ("=x", []), ("=y", []))
# the same with the two summands in each other's slot
SWAPPED = graph([0], ("AddBackward0", [1, 2]), ("PowBackward0", [3]), ("MulBackward0", [3, 4]), ("=x", []), ("=y", []))
# the same with an accumulator of x for each use
TWICE = graph(
    [0],
    ("AddBackward0", [1, 2]),
    ("MulBackward0", [3, 4]),
    ("PowBackward0", [5]),
    ("=x", []),
    ("=y", []),
    ("=x", []),
)
# x * x + 1
CONSTANT = graph([0], ("AddBackward0", [1, None]), ("MulBackward0", [2, 2]), ("=x", []))
