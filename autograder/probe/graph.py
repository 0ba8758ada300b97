"""The canonical record of a graph: nodes numbered breadth-first from the roots, in edge order.

Source: what a user of PyTorch sees: `Tensor.grad_fn`, `Node.next_functions`, `Node.name()`, `AccumulateGrad.variable`.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from .plain import article, has, text, type_name, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NODES = 10_000
EDGES = 40_000  # of a whole graph


def graph_record(roots: Sequence[Any], leaves: Mapping[str, Any]) -> dict[str, Any]:
    """The graph that is reached from tensors, nodes or edges; `leaves` names the leaves that accumulators feed.

    Raises:
        TypeError: a root is none of the three, or a node's edges are not pairs (node, input_nr).
    """
    return graph_and_nodes(roots, leaves)[0]


def graph_and_nodes(roots: Sequence[Any], leaves: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    """The same, and the nodes themselves: node number `i` of the record is the one at place `i`.

    Raises:
        TypeError: as above.
    """
    walk = _Walk(leaves)
    entered = [walk.root(root) for root in roots]
    nodes = walk.nodes()
    return {"kind": "graph", "roots": entered, "nodes": nodes, "is_cut": walk.is_cut}, walk.met[: len(nodes)]


class _Walk:
    """One walk. It holds every node it has met, so that no two of them can share an identity."""

    def __init__(self, leaves: Mapping[str, Any]) -> None:
        self.leaves = leaves
        self.met: list[Any] = []
        self.numbers: dict[int, int] = {}
        self.edges_left = EDGES
        self.is_cut = False

    def root(self, root: Any) -> dict[str, Any]:
        """How the graph is entered at one root."""
        if root is None:
            return _entered("constant", via="")
        if has(root, "next_functions"):
            return _entered("node", self.number(root), via="")
        if has(root, "grad_fn") and has(root, "requires_grad"):
            return self._tensor(root)
        if has(root, "function") and has(root, "input_nr"):
            return self._edge(root)
        raise TypeError(f"the graph of {article(root)} was asked for, expected a tensor, a node or an edge")

    def _tensor(self, tensor: Any) -> dict[str, Any]:
        node = tensor.grad_fn
        if node is None:
            return _entered("leaf" if tensor.requires_grad else "constant")
        return _entered("node", self.number(node), whole(tensor.output_nr, "output_nr"))

    def _edge(self, edge: Any) -> dict[str, Any]:
        nr = whole(edge.input_nr, "input_nr")
        if edge.function is None:
            return _entered("constant", output_nr=nr, via="function")
        return _entered("node", self.number(edge.function), nr, via="function")

    def number(self, node: Any) -> int:
        """The node's place in the order of meeting."""
        if id(node) not in self.numbers:
            self.numbers[id(node)] = len(self.met)
            self.met.append(node)
        return self.numbers[id(node)]

    def nodes(self) -> list[dict[str, Any]]:
        """The records of all nodes, or of the first ones where there are too many."""
        records: list[dict[str, Any]] = []
        while len(records) < len(self.met) and not self.is_cut:
            node = self.met[len(records)]
            name = _name(node)
            records.append({"name": name, "edges": self._edges(node, name), "leaf": self._leaf(node, name)})
            self.is_cut = self.edges_left < 0 or len(self.met) > NODES
        return records

    def _edges(self, node: Any, name: str) -> list[tuple[int | None, int]]:
        edges: list[tuple[int | None, int]] = []
        for target, input_nr in islice(_pairs(node, name), self.edges_left + 1):
            self.edges_left -= 1
            edges.append((None if target is None else self.number(target), input_nr))
        return edges

    def _leaf(self, node: Any, name: str) -> str | None:
        if name != "AccumulateGrad":
            return None
        variable = node.variable if has(node, "variable") else None
        return next((leaf for leaf, tensor in self.leaves.items() if tensor is variable), None)


def _entered(kind: str, node: int | None = None, output_nr: int = 0, via: str = "grad_fn") -> dict[str, Any]:
    return {"kind": kind, "node": node, "output_nr": output_nr, "via": via}


def _name(node: Any) -> str:
    if not has(node, "name"):
        return type_name(node)  # not a node at all: its type says what stands there
    name = node.name()
    if not issubclass(type(name), str):
        raise TypeError(f"name() of a node gave {article(name)}, expected a string")
    return text(name, 200).rpartition("::")[2]


def _pairs(node: Any, name: str) -> Any:
    """A node's edges one by one; what has no `next_functions` has no edges."""
    pairs = node.next_functions if has(node, "next_functions") else ()
    try:
        pairs = iter(pairs)
    except TypeError:
        raise TypeError(f"next_functions of {name} is {article(pairs)}, expected a tuple") from None
    for index, pair in enumerate(pairs):
        place = f"next_functions[{index}] of {name}"
        if not issubclass(type(pair), tuple) or len(pair) != 2:
            raise TypeError(f"{place} is {article(pair)}, expected a pair (node, input_nr)")
        yield pair[0], whole(pair[1], f"input_nr in {place}")
