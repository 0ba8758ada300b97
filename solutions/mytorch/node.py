"""Nodes: one backward operation each, joined by edges.

Source: torch/csrc/autograd/node.h, version 2.13.
"""

from __future__ import annotations

from typing import Any

from .anomaly import AnomalyMode, where_recorded
from .call_arguments import with_gradients
from .edge import Edge
from .grad_mode import next_sequence_nr
from .hooks import NodeHooks, RemovableHandle, hooks_of
from .metadata import InputMetadata


class Node:
    """A backward operation: takes one gradient per output of the forward operation, returns one per edge.

    Shapes: what `apply` returns stands in the order of `next_edges`.
    Source: `struct Node`, torch/csrc/autograd/node.h, version 2.13.
    """

    __slots__ = ("_hooks", "_input_metadata", "_metadata", "next_edges", "sequence_nr")

    def __init__(self, next_edges: tuple[Edge, ...] = (), sequence_nr: int | None = None) -> None:
        self.next_edges = next_edges
        self.sequence_nr = next_sequence_nr() if sequence_nr is None else sequence_nr
        self._input_metadata: list[Any] = []
        self._hooks: NodeHooks | None = None
        self._metadata = where_recorded() if AnomalyMode.enabled else None

    @property
    def next_functions(self) -> tuple[tuple[Node | None, int], ...]:
        """The edges as plain pairs `(node, input_nr)`, made afresh each time.

        Goal: show the graph to people, without handing out the edges that the engine walks.
        Contract: a tuple of 2-tuples in the order of `next_edges`; an empty edge reads `(None, 0)`.
        Worked value: for `out = z + 1` it is `((z.grad_fn, 0), (None, 0))`.
        Source: `THPCppFunction_next_functions`, torch/csrc/autograd/python_cpp_function.cpp, version 2.13.
        """
        # One pair for each edge, empty ones included.
        return tuple((edge.function, edge.input_nr) for edge in self.next_edges)

    def name(self) -> str:
        """The name under which PyTorch prints this node.

        Goal: name the backward operation.
        Contract: it is the name of the node's own class, whatever class the method was inherited from.
        Worked value: `(x * y).grad_fn.name()` is `"MulBackward0"`.
        Source: `Node::name`, torch/csrc/autograd/function.cpp, version 2.13.
        """
        return type(self).__name__

    def add_input_metadata(self, output: Any) -> int:
        """The number under which `output`, a tensor made by the forward operation, sends its gradient to this node.

        Goal: remember what each incoming gradient must look like, and number the inputs.
        Contract: stores `InputMetadata.of(output)` at the end of `_input_metadata`; numbers count up from 0.
        Worked value: the three results of `m.unbind()` get 0, 1 and 2, and keep them as their `output_nr`.
        Source: `Node::add_input_metadata`, torch/csrc/autograd/node.h, version 2.13.
        """
        # The next free number is how many inputs the node has so far.
        input_nr = len(self._input_metadata)
        # Keep shape and dtype, never the tensor itself, which would live as long as the graph.
        self._input_metadata.append(InputMetadata.of(output))
        return input_nr

    @with_gradients
    def __call__(self, *gradients: Any) -> Any:
        """The gradients for `next_edges`, one an edge, from the gradients of the outputs, one an input.

        Goal: run the node's formula, and refuse a call that doesn't fit the node.
        Contract: there must be as many gradients as the node has inputs, `None` standing for a missing one;
        hands them to `apply` and returns what that returns as a tuple, save that a single gradient comes bare.
        An accumulator returns `()`.
        Raises: TypeError "expected 2 arguments, got 1 instead", with the real numbers.
        Worked value: for `y = x * 3`, `y.grad_fn(torch.tensor(1.0))` is `(tensor(3.), None)`.
        Source: `THPCppFunction_call`, torch/csrc/autograd/python_cpp_function.cpp, version 2.13.
        """
        # Compare the number of gradients with the number of inputs.
        if len(gradients) != len(self._input_metadata):
            raise TypeError(f"expected {len(self._input_metadata)} arguments, got {len(gradients)} instead")
        # Run the formula; a single gradient comes bare.
        results = tuple(self.apply(*gradients))
        return results[0] if len(results) == 1 else results

    def apply(self, *gradients: Any) -> tuple[Any, ...]:
        """The formula of the operation: each kind of node brings its own.

        Raises: NotImplementedError for a node without a formula.
        """
        raise NotImplementedError(f"{self.name()} has no formula: give its class a method apply(*gradients)")

    def release_variables(self) -> None:
        """Forget the saved tensors; called by the engine after the node ran, unless the graph is retained."""

    @property
    def metadata(self) -> dict[Any, Any]:
        """A dictionary for the user's own notes about this node."""
        if self._metadata is None:
            self._metadata = {}
        return self._metadata

    @property
    def requires_grad(self) -> bool:
        """Always True: a node exists only because something behind it requires grad."""
        return True

    def _sequence_nr(self) -> int:
        """The place of this node in the order of recording; the engine runs later nodes first."""
        return self.sequence_nr

    def register_hook(self, hook: Any) -> RemovableHandle:
        """Call `hook(grad_inputs, grad_outputs)` after each run of this node; returns a handle to remove it."""
        return hooks_of(self).register_post(hook)

    def register_prehook(self, hook: Any) -> RemovableHandle:
        """Call `hook(grad_outputs)` before each run of this node; returns a handle to remove it."""
        return hooks_of(self).register_pre(hook)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object at {id(self):#x}>"
