"""A control for `engine.py`: the reference's graph on numpy's scalars, and nothing around it.

The same edges, nodes, accumulators, counting and ready queue, for sums and products alone: no dtypes, shapes, versions,
hooks, grad modes or captures, no second derivative, no message for what goes wrong. What the reference takes longer
than this goes to what is missing here.
"""

from __future__ import annotations

import heapq
import itertools
import weakref
from typing import Any, NamedTuple

import numpy as np

numbers = itertools.count()
LAST = 2**64 - 1


class Edge(NamedTuple):
    """An arrow to a node."""

    function: Any = None


class Node:
    """A product or a sum."""

    __slots__ = ("__weakref__", "next_edges", "number", "saved")

    def __init__(self, next_edges: tuple[Edge, ...], saved: Any, number: int) -> None:
        self.next_edges, self.saved, self.number = next_edges, saved, number


class Mul(Node):
    """`x * y`."""

    __slots__ = ()

    def apply(self, gradient: Value) -> tuple[Value | None, ...]:
        """The gradients of both factors."""
        (to_x, to_y), (x, y) = self.next_edges, self.saved
        return (
            None if to_x.function is None else Value(gradient.array * y),
            None if to_y.function is None else Value(gradient.array * x),
        )


class Add(Node):
    """`x + y`."""

    __slots__ = ()

    def apply(self, gradient: Value) -> tuple[Value, Value]:
        """The gradients of both terms."""
        return gradient, gradient


class AccumulateGrad(Node):
    """The sink of a leaf, which is what it saves."""

    __slots__ = ()

    def apply(self, gradient: Value) -> tuple[()]:
        """Add the gradient to the leaf's."""
        leaf = self.saved
        leaf.grad = gradient if leaf.grad is None else Value(leaf.grad.array + gradient.array)
        return ()


class Value:
    """A numpy scalar that remembers how it was computed."""

    __slots__ = ("__weakref__", "accumulator", "array", "grad", "grad_fn", "requires_grad")

    def __init__(self, array: Any, requires_grad: bool = False) -> None:
        self.array, self.requires_grad = array, requires_grad
        self.grad: Value | None = None
        self.grad_fn: Node | None = None
        self.accumulator: Any = None

    def edge(self) -> Edge:
        """Where the gradient of this value goes."""
        if self.grad_fn is not None:
            return Edge(self.grad_fn)
        if not self.requires_grad:
            return Edge()
        node = self.accumulator and self.accumulator()
        if node is None:
            node = AccumulateGrad((), self, LAST)
            self.accumulator = weakref.ref(node)
        return Edge(node)

    def __mul__(self, other: Any) -> Value:
        if not isinstance(other, Value):
            return self.recorded(self.array * other, Mul, (self.edge(), Edge()), (None, other))
        return self.recorded(self.array * other.array, Mul, (self.edge(), other.edge()), (self.array, other.array))

    def __add__(self, other: Value) -> Value:
        return self.recorded(self.array + other.array, Add, (self.edge(), other.edge()), None)

    def recorded(self, array: Any, operation: type[Node], edges: tuple[Edge, ...], saved: Any) -> Value:
        """The result of an operation, with its node."""
        result = Value(array, requires_grad=True)
        result.grad_fn = operation(edges, saved, next(numbers))
        return result

    def item(self) -> float:
        """The number."""
        return float(self.array)

    def backward(self) -> None:
        """Carry gradients to the leaves."""
        dependencies = dependencies_of(self.grad_fn)
        arrived: dict[Any, Value] = {}
        order = itertools.count()
        ready = [(0, next(order), self.grad_fn, Value(np.float64(1.0)))]
        while ready:
            _, _, node, gradient = heapq.heappop(ready)
            for edge, sent in zip(node.next_edges, node.apply(gradient), strict=False):
                target = edge.function
                if target is None:
                    continue
                before = arrived.get(target)
                arrived[target] = sent if before is None else Value(before.array + sent.array)
                dependencies[target] -= 1
                if not dependencies[target]:
                    heapq.heappush(ready, (-target.number, next(order), target, arrived.pop(target)))
            node.saved = None


def dependencies_of(root: Any) -> dict[Any, int]:
    """How many edges lead to each node behind `root`."""
    found: dict[Any, int] = {}
    waiting = [root]
    while waiting:
        for edge in waiting.pop().next_edges:
            node = edge.function
            if node is None:
                continue
            if node not in found:
                found[node] = 0
                waiting.append(node)
            found[node] += 1
    return found


def leaf(number: float) -> Value:
    """A value that wants a gradient."""
    return Value(np.float64(number), requires_grad=True)
