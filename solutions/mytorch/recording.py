"""Recording: what an operation does beside computing, so that its result knows how it came about.

Source: torch/csrc/autograd/functions/utils.h and tools/autograd/gen_variable_type.py, version 2.13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .edge import collect_next_edges
from .grad_mode import state
from .saved import saved_input
from .tensor import Tensor

if TYPE_CHECKING:
    from .node import Node
    from .operations.operation import Operation


def compute_requires_grad(*inputs: Any) -> bool:
    """Whether an operation on `inputs` is to be recorded.

    Goal: record what somebody may want a gradient through, and nothing else.
    Contract: True when the grad mode is on (`state.enabled`) and at least one input requires grad. Inputs are tensors
    and plain numbers, which have no `requires_grad` at all; no inputs give False.
    Worked value: for a leaf `x`, `compute_requires_grad(2, x)` is True, and False inside `with torch.no_grad():`.
    Source: `compute_requires_grad`, torch/csrc/autograd/functions/utils.h, version 2.13.
    """
    # Outside the grad mode nothing is recorded, whatever the inputs are.
    if not state.enabled:
        return False
    # One input that requires grad is enough.
    for value in inputs:  # noqa: SIM110  # `any` would make a generator for each operation
        if getattr(value, "requires_grad", False):
            return True
    return False


def make_node(operation: type[Operation], inputs: tuple[Any, ...], constants: tuple[Any, ...]) -> Operation:
    """A new node for one call of an operation.

    Goal: write down, at the moment of the call, all that the way back will need.
    Contract: `operation(edges)` is the node, with the edges that `inputs` have now. Its `constants` are the given ones.
    Its `saved` is a list with one entry for each of `operation.wanted_by`: entry `i` belongs to input `i`, and says
    for which edges' gradients the formulas want that input. Where `node.should_compute_output(places)` is True of
    these places it is `saved_input(inputs[i])`; where nobody will ask for those gradients it is None.
    Worked value: the node of `x * 2` with a leaf `x` has an edge to `x`'s accumulator and an empty one, and has saved
    `[None, 2]`: the formula for `x` wants the 2, and the one that wants `x` will never run.
    Source: `emit_body`, tools/autograd/gen_variable_type.py, version 2.13.
    """
    # The edges come from the inputs as they are now.
    node = operation(collect_next_edges(*inputs))
    node.constants = constants
    # Keep what a formula that may run is written with, and nothing more: what is kept can't be freed.
    node.saved = []
    for position, places in enumerate(operation.wanted_by):
        is_wanted = node.should_compute_output(places)
        node.saved.append(saved_input(inputs[position]) if is_wanted else None)
    return node


def set_history(output: Tensor, node: Node) -> None:
    """Make `node` the one that made `output`.

    Goal: tie a fresh result into the graph, so that its gradient finds the way to this node.
    Contract: `output.grad_fn` is the node, `output._requires_grad` is True, and `output.output_nr` is the number under
    which `node.add_input_metadata(output)` has noted the output. A node with several outputs is attached to each.
    Worked value: after `a, b = m.unbind()` with two rows, `a.output_nr` is 0, `b.output_nr` is 1, and both have one
    `grad_fn`.
    Source: `set_history`, torch/csrc/autograd/functions/utils.h, version 2.13.
    """
    output.grad_fn = node
    output._requires_grad = True
    # The node counts its outputs, and each output knows its number.
    output.output_nr = node.add_input_metadata(output)


def run_operation(operation: type[Operation], inputs: tuple[Any, ...], constants: tuple[Any, ...]) -> Tensor:
    """The result of an operation on tensors and numbers, at least one of them a tensor; recorded where needed.

    Goal: this is `x * y`, complete: the product, and the note of how to go back.
    Contract: `operation.compute(arrays, constants)`, with a list of the tensors' arrays and of the plain numbers as
    they are, gives the array of the result, a new `Tensor`. If `compute_requires_grad` says so, a node is made, the
    history of the result is set, and `node.save_output(result)` lets the node keep the result where its formula needs
    it. Otherwise no node is made.
    Worked value: `run_operation(MulBackward0, (x, y), ())` is `x * y`; without a leaf among `x` and `y` that requires
    grad, its `grad_fn` is None.
    Source: `emit_body`, tools/autograd/gen_variable_type.py, version 2.13.
    """
    # Compute, as if there were no graph.
    arrays = [value.array if isinstance(value, Tensor) else value for value in inputs]
    output = Tensor(operation.compute(arrays, constants))
    # Record, if anybody may want a gradient through this operation.
    if compute_requires_grad(*inputs):
        node = make_node(operation, inputs, constants)
        set_history(output, node)
        node.save_output(output)
    return output
