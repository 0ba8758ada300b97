"""A backward pass rehearsed from a graph's structure: who is ready, who waits for what, and who runs, step by step.

Source: `Engine::compute_dependencies`, `Engine::evaluate_function` and `CompareNodeTaskTime`,
torch/csrc/autograd/engine.cpp and engine.h, version 2.13.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from autograder.model.transcript import Graph

V = TypeVar("V")  # a gradient: a tensor, or in a test a number

ROOT = 0  # the node at which the graph was entered


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Generic[V]):
    """One step of the pass, right after the running node has sent its gradients; at the start nothing runs.

    Attributes:
        running: the node that runs; None at the start and at the end.
        taken: what it found in its buffer, one gradient an input.
        sent: what it sends, one gradient an edge; None for a missing gradient and for an empty edge.
        waits: how many gradients each node still waits for.
        buffers: what has arrived for each node and was not taken yet; None where nothing came.
        ready: the ready queue, the node to run next first.
        done: the nodes that ran before this step.
    """

    waits: tuple[int, ...]
    buffers: tuple[tuple[V | None, ...], ...]
    ready: tuple[int, ...]
    done: frozenset[int]
    running: int | None = None
    taken: tuple[V | None, ...] = ()
    sent: tuple[V | None, ...] = ()


class Rehearsal(Generic[V]):
    """One pass from the graph's first node, which must be its root.

    Nodes with a higher rank run first, of equal ones the one that was ready first. `run(node, gradients)` gives the
    gradients for the node's edges, `add(before, gradient)` the sum of two; neither may change what it gets.
    """

    def __init__(
        self,
        graph: Graph,
        ranks: Sequence[int],
        run: Callable[[int, tuple[V | None, ...]], Sequence[V | None]],
        add: Callable[[V, V], V],
    ) -> None:
        self._graph = graph
        self._ranks = ranks
        self._run = run
        self._add = add
        self._waits = dependencies(graph)
        self._buffers: list[list[V | None]] = [[None] * size for size in input_counts(graph)]
        self._heap: list[tuple[int, int, int]] = []  # (-rank, arrival, node)
        self._arrivals = 0
        self._done: frozenset[int] = frozenset()

    def moments(self, gradient: V) -> Iterator[Moment[V]]:
        """The start, a moment for each node that runs, the end."""
        self._arrive(ROOT, self._graph.roots[0].output_nr, gradient)
        yield self._moment()
        while self._heap:
            _, _, node = heapq.heappop(self._heap)
            taken = tuple(self._buffers[node])
            self._buffers[node] = [None] * len(taken)
            yield self._moment(node, taken, self._send(node, taken))
            self._done |= {node}
        yield self._moment()

    def _send(self, node: int, taken: tuple[V | None, ...]) -> tuple[V | None, ...]:
        """Run a node and let its gradients arrive; one that is missing arrives too."""
        results = tuple(self._run(node, taken))
        edges = self._graph.nodes[node].edges
        sent = (*results, *[None] * len(edges))[: len(edges)]
        for edge, gradient in zip(edges, sent, strict=True):
            if edge.node is not None:
                self._arrive(edge.node, edge.input_nr, gradient)
        return sent

    def _arrive(self, node: int, input_nr: int, gradient: V | None) -> None:
        before = self._buffers[node][input_nr]
        if gradient is not None:
            self._buffers[node][input_nr] = gradient if before is None else self._add(before, gradient)
        self._waits[node] -= 1
        if self._waits[node] == 0:
            heapq.heappush(self._heap, (-self._ranks[node], self._arrivals, node))
            self._arrivals += 1

    def _moment(
        self, running: int | None = None, taken: tuple[V | None, ...] = (), sent: tuple[V | None, ...] = ()
    ) -> Moment[V]:
        return Moment(
            waits=tuple(self._waits),
            buffers=tuple(map(tuple, self._buffers)),
            ready=tuple(node for _, _, node in sorted(self._heap)),
            done=self._done,
            running=running,
            taken=taken,
            sent=sent,
        )


def dependencies(graph: Graph) -> list[int]:
    """How many gradients each node waits for: the edges that lead to it, and one more for the root."""
    waits = [0] * len(graph.nodes)
    waits[ROOT] = 1
    for node in graph.nodes:
        for edge in node.edges:
            if edge.node is not None:
                waits[edge.node] += 1
    return waits


def input_counts(graph: Graph) -> list[int]:
    """How many inputs of each node are known from the edges that lead there; at least one."""
    counts = [1] * len(graph.nodes)
    counts[ROOT] = graph.roots[0].output_nr + 1
    for node in graph.nodes:
        for edge in node.edges:
            if edge.node is not None:
                counts[edge.node] = max(counts[edge.node], edge.input_nr + 1)
    return counts
