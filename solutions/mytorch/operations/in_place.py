"""Operations in place: the same nodes as out of place, on the memory of their first input.

Source: torch/csrc/autograd/VariableTypeUtils.h (`check_inplace`, `rebase_history`), version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..edge import collect_next_edges
from ..grad_mode import state
from ..tensor import Tensor
from .arithmetic import AddBackward0, DivBackward0, MulBackward0, NegBackward0, SubBackward0
from .elementwise import ExpBackward0
from .operation import Operation


class ZeroBackward0(Operation):
    """All elements set to 0."""

    gradients = (lambda grad: grad * 0,)

    @staticmethod
    def forward(x: Any) -> Any:
        return np.zeros_like(x)


def run_in_place(operation: type[Operation], tensor: Tensor, *others: Any, constants: tuple[Any, ...] = ()) -> Tensor:
    """`tensor` itself, holding the result of `operation` from now on.

    Raises: RuntimeError on a leaf that requires grad, and where the result has another shape.
    """
    check_in_place(tensor)
    arrays = [other.array if isinstance(other, Tensor) else other for other in others]
    result = operation.forward(tensor.array, *arrays, *constants)
    node = _record(operation, tensor, others, constants) if state.enabled else None
    write(tensor, result)
    if node is not None:
        rebase_history(tensor, node)
    return tensor


def check_in_place(tensor: Tensor) -> None:
    """Refuse to change a leaf that requires grad while recording.

    Raises: RuntimeError with PyTorch's text.
    """
    if state.enabled and tensor._requires_grad and tensor.grad_fn is None:
        raise RuntimeError("a leaf Variable that requires grad is being used in an in-place operation.")


def write(tensor: Tensor, result: Any) -> None:
    """Put `result` into the memory of `tensor`, and count the change.

    Raises: RuntimeError where the shapes differ.
    """
    memory = tensor.memory()
    if np.shape(result) != memory.shape:
        raise RuntimeError(
            f"output with shape {list(memory.shape)} doesn't match the broadcast shape {list(np.shape(result))}"
        )
    memory[...] = result
    tensor.version_counter()[0] += 1


def rebase_history(tensor: Tensor, node: Operation) -> None:
    """Let `node` be what made `tensor`."""
    tensor.grad_fn = node
    tensor._requires_grad = True
    tensor.output_nr = node.add_input_metadata(tensor)
    node.save_output(tensor)


def _record(
    operation: type[Operation], tensor: Tensor, others: tuple[Any, ...], constants: tuple[Any, ...]
) -> Operation | None:
    """A node for the change about to happen; it keeps a copy of what the change destroys."""
    inputs = (tensor, *others)
    if not any(isinstance(value, Tensor) and value._requires_grad for value in inputs):
        return None
    node = operation(collect_next_edges(*inputs))
    node.constants = constants
    node.save_inputs((tensor, *others), copy_first=True)
    return node


def add_(x: Tensor, other: Any, *, alpha: float = 1) -> Tensor:
    """`x += alpha * other`."""
    return run_in_place(AddBackward0, x, other, constants=(alpha,))


def sub_(x: Tensor, other: Any, *, alpha: float = 1) -> Tensor:
    """`x -= alpha * other`."""
    return run_in_place(SubBackward0, x, other, constants=(alpha,))


def mul_(x: Tensor, other: Any) -> Tensor:
    """`x *= other`."""
    return run_in_place(MulBackward0, x, other)


def div_(x: Tensor, other: Any) -> Tensor:
    """`x /= other`."""
    return run_in_place(DivBackward0, x, other)


def neg_(x: Tensor) -> Tensor:
    """`x = -x`, in place."""
    return run_in_place(NegBackward0, x)


def exp_(x: Tensor) -> Tensor:
    """`x = exp(x)`, in place."""
    return run_in_place(ExpBackward0, x)


def zero_(x: Tensor) -> Tensor:
    """All elements of `x` set to 0."""
    return run_in_place(ZeroBackward0, x)
