"""Graphs as they may be drawn: what a student's process sent may name nodes that don't exist, and be of any size."""

from __future__ import annotations

from msgspec.structs import replace

from autograder.model.transcript import Graph, GraphEdge, GraphNode, GraphRoot

MAX_NODES = 2000
MAX_EDGES = 24  # of one node
MAX_ROOTS = 24
MAX_TEXT = 80  # characters of a name


def tidy(graph: Graph) -> Graph:
    """The graph with every number in range and every text and list of bounded length; `is_cut` where it had more."""
    count = min(len(graph.nodes), MAX_NODES)
    is_larger = len(graph.nodes) > count or len(graph.roots) > MAX_ROOTS
    is_larger |= any(len(node.edges) > MAX_EDGES for node in graph.nodes[:count])
    return replace(
        graph,
        roots=tuple(_root(root, count) for root in graph.roots[:MAX_ROOTS]),
        nodes=tuple(_node(node, count) for node in graph.nodes[:count]),
        is_cut=graph.is_cut or is_larger,
    )


def _root(root: GraphRoot, count: int) -> GraphRoot:
    return replace(root, node=_number(root.node, count))


def _node(node: GraphNode, count: int) -> GraphNode:
    edges = tuple(GraphEdge(_number(edge.node, count), edge.input_nr) for edge in node.edges[:MAX_EDGES])
    leaf = None if node.leaf is None else node.leaf[:MAX_TEXT]
    return GraphNode(name=node.name[:MAX_TEXT], edges=edges, leaf=leaf)


def _number(node: int | None, count: int) -> int | None:
    return node if node is not None and 0 <= node < count else None
