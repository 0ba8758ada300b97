"""Which nodes of two graphs play the same part."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.model.transcript import Graph

Pairs = dict[int, int]  # a node of the expected graph -> the node of the found graph that plays its part
Ends = Sequence[int | None]


def pair_nodes(expected: Graph, found: Graph) -> Pairs:
    """Which nodes of the two graphs play the same part, found by walking both from their roots at once.

    At each step nodes alike in name and leaf are paired first, in the same slot, then in any; what is left over
    in the same slot is paired if both are operations with as many edges: one that goes by another name.
    """
    pairs: Pairs = {}
    taken: set[int] = set()
    queue: deque[tuple[Ends, Ends]] = deque()
    queue.append(([root.node for root in expected.roots], [root.node for root in found.roots]))
    while queue:
        for old, new in _candidates(*queue.popleft(), expected, found):
            if old in pairs or new in taken:
                continue
            pairs[old] = new
            taken.add(new)
            queue.append(([e.node for e in expected.nodes[old].edges], [e.node for e in found.nodes[new].edges]))
    return pairs


def _candidates(old: Ends, new: Ends, expected: Graph, found: Graph) -> Iterator[tuple[int, int]]:
    """Pairs of neighbours worth pairing, the surest first."""
    both = [(a, b) for a, b in zip(old, new, strict=False) if a is not None and b is not None]
    alike = [(a, b) for a in old if a is not None for b in new if b is not None if _alike(expected, a, found, b)]
    yield from (pair for pair in both if pair in alike)
    yield from alike
    for a, b in both:
        one, other = expected.nodes[a], found.nodes[b]
        if one.leaf is None and other.leaf is None and len(one.edges) == len(other.edges):
            yield a, b


def _alike(expected: Graph, old: int, found: Graph, new: int) -> bool:
    """Whether two nodes say the same of themselves."""
    one, other = expected.nodes[old], found.nodes[new]
    return one.name == other.name and one.leaf == other.leaf
