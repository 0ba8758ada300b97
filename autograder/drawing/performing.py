"""The gradients of a rehearsed backward pass: a live graph's nodes are called one by one, without any engine.

A call frees nothing and runs no hook, and accumulators are not called at all: no `.grad` changes.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

from autograder.drawing.numbers import value_text
from autograder.model.errors import UsageError
from autograder.probe.plain import message, type_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.drawing.live import LiveGraph

LONGEST_FAULT = 120  # characters


class _Unknown:
    """A gradient that arrives, but whose numbers nobody knows."""


UNKNOWN: Final = _Unknown()


class Performer:
    """Runs the nodes of a live graph that was entered at one tensor.

    Attributes:
        faults: why a node could not be run, by its number.
    """

    def __init__(self, live: LiveGraph) -> None:
        self._live = live
        self._root = live.roots[0]
        self._module = sys.modules.get(type(self._root).__module__.partition(".")[0])
        self.faults: dict[int, str] = {}

    def first_gradient(self, gradient: Any = None) -> Any:
        """The gradient that a pass starts with: the one given, or a one; unknown where the graph can only be looked at.

        Raises:
            UsageError: none was given, and the root has not exactly one element.
        """
        if gradient is not None:
            return gradient
        make = getattr(self._module, "ones_like", None)
        if make is None:
            return UNKNOWN
        if self._root.numel() != 1:
            raise UsageError(
                f"{self._live.names[0]} has {self._root.numel()} elements: say with which gradient the pass starts, "
                "as in draw.backward(out, gradient=...)"
            )
        return make(self._root)

    def run(self, number: int, gradients: tuple[Any, ...]) -> Sequence[Any]:
        """What a node makes of the gradients that it found; nothing for an accumulator."""
        node, edges = self._live.nodes[number], self._live.graph.nodes[number].edges
        if not edges or any(gradient is UNKNOWN for gradient in gradients):
            return [UNKNOWN] * len(edges)
        try:
            with self._unrecorded():
                results = _call(node, gradients)
                targets = [None if edge.node is None else self._live.nodes[edge.node] for edge in edges]
                return [
                    None if target is None else _fitted(result, target, edge.input_nr)
                    for result, target, edge in zip(results, targets, edges, strict=True)
                ]
        except Exception as error:  # noqa: BLE001 - the student's code, or a freed graph: whatever it raises is told
            self.faults[number] = f"{type_name(error)}: {shorten(message(error), LONGEST_FAULT, placeholder=' …')}"
            return [UNKNOWN] * len(edges)

    def add(self, before: Any, gradient: Any) -> Any:
        """The sum of two gradients that arrived at one input."""
        if before is UNKNOWN or gradient is UNKNOWN:
            return UNKNOWN
        with self._unrecorded():
            return before + gradient

    def accumulated(self, number: int, gradient: Any) -> tuple[Any, Any]:
        """A leaf's `.grad` as it is, and as an accumulator would leave it.

        Source: `AccumulateGrad::apply`, torch/csrc/autograd/functions/accumulate_grad.cpp, version 2.13.
        """
        leaf = getattr(self._live.nodes[number], "variable", None)
        before = getattr(leaf, "grad", None)
        if gradient is None or not getattr(leaf, "requires_grad", True):
            return before, before
        return before, gradient if before is None else self.add(before, gradient)

    def _unrecorded(self) -> Any:
        """Inside it, operations on tensors record no graph."""
        return getattr(self._module, "no_grad", nullcontext)()


def gradient_text(gradient: Any) -> str:
    """A gradient in few characters, `?` for one that nobody knows."""
    return "?" if gradient is UNKNOWN else value_text(gradient)


def _call(node: Any, gradients: tuple[Any, ...]) -> list[Any]:
    """A node's results, one an edge; it may have inputs that no edge of this graph leads to."""
    surplus = len(getattr(node, "_input_metadata", ())) - len(gradients)
    run = getattr(node, "apply", node)  # PyTorch's nodes have one or the other: of custom functions `apply`
    results = run(*gradients, *[None] * surplus)
    results = list(results) if isinstance(results, tuple | list) else [results]
    edges = node.next_functions
    if len(results) == len(edges):
        return results
    # A custom function's backward answers for each argument, while its node has edges for the tensors among them.
    wanted = iter([result for result, is_needed in zip(results, node.needs_input_grad, strict=True) if is_needed])
    return [None if target is None else next(wanted) for target, _ in edges]


def _fitted(gradient: Any, target: Any, input_nr: int) -> Any:
    """A gradient summed over what was broadcast, as the engine does before it arrives.

    Source: `validate_outputs`, torch/csrc/autograd/engine.cpp, version 2.13.
    """
    inputs = getattr(target, "_input_metadata", ())
    if gradient is None or input_nr >= len(inputs):
        return gradient
    shape = tuple(inputs[input_nr].shape)
    return gradient if tuple(gradient.shape) == shape else gradient.sum_to_size(shape)
