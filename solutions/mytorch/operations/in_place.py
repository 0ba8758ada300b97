"""Operations in place: the same nodes as out of place, on the memory of their first input.

Source: torch/csrc/autograd/VariableTypeUtils.h (`check_inplace`, `rebase_history`), and `CopySlices`,
torch/csrc/autograd/functions/tensor.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import dtype_of
from ..edge import gradient_edge
from ..layout import check_internal_overlap, check_overlap, overlaps_partly
from ..node import Node
from ..recording import compute_requires_grad, make_node
from ..saved import FREED, saved_input
from ..tensor import Tensor
from .arithmetic import AddBackward0, DivBackward0, MulBackward0, NegBackward0, SubBackward0
from .copying import clone
from .division import RemainderBackward0, RemainderBackward1, whole_quotient, without_formula
from .elementwise import ExpBackward0, ReluBackward0, SigmoidBackward0, SqrtBackward0, TanhBackward0
from .filling import FillBackward2, FillBackward3, Filling, ZeroBackward0
from .operation import Operation, array_of, zeros_like
from .powers import PowBackward0, PowBackward1
from .putting import IndexPutBackward0
from .views import AsStridedBackward0, Steps, View, noted_grad_fn, take_over


class CopyBackwards(Operation):
    """All elements replaced by those of another tensor, broadcast. Source: torch/csrc/autograd/functions/tensor.cpp."""

    gradients = (zeros_like, lambda grad: grad)

    def name(self) -> str:
        """The name with its C++ namespace."""
        return "torch::autograd::CopyBackwards"

    @staticmethod
    def forward(x: Any, source: Any) -> Any:
        return np.broadcast_arrays(source, x)[0].astype(x.dtype, copy=False)


class CopySlices(Node):
    """A change in place of a part of a tensor: outside the part the gradient passes, inside it goes through `inner`.

    Source: `CopySlices`, torch/csrc/autograd/functions/tensor.h, version 2.13.
    """

    __slots__ = ("inner", "steps")
    leaves_out = True

    def __init__(self, base: Tensor, steps: Steps, inner: Node) -> None:
        super().__init__((gradient_edge(base), *inner.next_edges[1:]))
        self.steps = steps
        self.inner: Node | None = inner

    def name(self) -> str:
        """The name with its C++ namespace."""
        return "torch::autograd::CopySlices"

    def apply(self, gradient: Any) -> tuple[Any, ...]:
        """The gradient of the base before the change, then those of the other inputs.

        Raises: RuntimeError when the inner operation has been freed.
        """
        if self.inner is None:
            raise RuntimeError(FREED)
        if gradient is None:
            return (None,) * len(self.next_edges)
        result = copy_(zeros_like(gradient), gradient)
        part = AsStridedBackward0.run(result, constants=(tuple(result.shape), self.steps))
        of_part, *others = self.inner.apply(clone(part))
        if not self.next_edges[0].is_valid():
            return (None, *others)
        copy_(part, zeros_like(part) if of_part is None else of_part)
        return (result, *others)

    def release_variables(self) -> None:
        """Forget the inner operation."""
        self.inner = None


def run_in_place(operation: type[Operation], tensor: Tensor, *others: Any, constants: tuple[Any, ...] = ()) -> Tensor:
    """`tensor` itself, of its shape, holding the result of `operation` from now on.

    Raises: RuntimeError on a leaf that requires grad or a view of one, where the result has another shape, or a
    dtype that the tensor can't hold, and where elements share memory.
    Source: tools/autograd/gen_variable_type.py.
    """
    record = tensor.array.dtype.kind == "f" and compute_requires_grad(tensor, *others)
    if record:
        check_in_place(tensor)
    memory = tensor.memory()
    check_memory(operation, memory, others)
    result = operation.compute([tensor.array, *map(array_of, others)], constants)
    if np.shape(result) != tensor.array.shape:
        raise RuntimeError(
            f"output with shape {list(tensor.array.shape)} doesn't match the broadcast shape {list(np.shape(result))}"
        )
    check_cast(result.dtype, tensor.array.dtype)
    node = _node_before(operation, (tensor, *others), constants) if record else None
    memory[...] = result
    tensor.version_counter()[0] += 1
    if node is not None:
        rebase_history(tensor, node)
        node.save_output(tensor)
    return tensor


def _node_before(operation: type[Operation], inputs: tuple[Any, ...], constants: tuple[Any, ...]) -> Operation:
    """The node of a change that is about to happen; of what will be overwritten, it keeps a copy."""
    node = make_node(operation, inputs, constants)
    if node.saved and node.saved[0] is not None:
        node.saved[0] = saved_input(clone(inputs[0]))
    return node


def check_in_place(tensor: Tensor) -> None:
    """Refuse to change what must not change while recording.

    Raises: RuntimeError with PyTorch's text.
    Source: `check_inplace`, torch/csrc/autograd/VariableTypeUtils.h.
    """
    if isinstance(tensor, View):
        tensor.check_follows("is being modified inplace")
        if tensor._requires_grad and tensor.base.is_leaf:
            raise RuntimeError("a view of a leaf Variable that requires grad is being used in an in-place operation.")
    if tensor._requires_grad and noted_grad_fn(tensor) is None:
        raise RuntimeError("a leaf Variable that requires grad is being used in an in-place operation.")


def check_memory(operation: type[Operation], memory: Any, others: tuple[Any, ...]) -> None:
    """Refuse to write where the result would depend on which element is written first.

    Raises: RuntimeError with PyTorch's text.
    Source: `TensorIteratorBase::compute_mem_overlaps`, aten/src/ATen/TensorIterator.cpp.
    """
    if not issubclass(operation, Filling):
        check_internal_overlap(memory)
    if operation in (FillBackward3, IndexPutBackward0):
        return  # one takes its number out first, the other looks at its indices, too
    for each in others:
        if isinstance(each, Tensor):
            check_overlap(memory, each.array, overlaps_partly)


def check_cast(found: np.dtype[Any], wanted: np.dtype[Any]) -> None:
    """Refuse to lose fractions, or numbers, in memory of whole numbers or truth values.

    Raises: RuntimeError with PyTorch's text.
    Source: `canCast`, c10/core/ScalarType.h.
    """
    if "biuf".index(found.kind) > "biuf".index(wanted.kind):
        raise RuntimeError(
            f"result type {dtype_of(found).scalar_type} can't be cast to the desired output type "
            f"{dtype_of(wanted).scalar_type}"
        )


def rebase_history(tensor: Tensor, node: Node) -> None:
    """Let `node` be what made `tensor`; a change of a view is a change of its base.

    Source: `rebase_history`, torch/csrc/autograd/variable.cpp.
    """
    if isinstance(tensor, View):
        node.add_input_metadata(tensor)
        slices = CopySlices(tensor.base, tensor.steps, node)
        take_over(tensor.base, slices)
        tensor.follow_base()  # the changed view at once, others when somebody reads theirs
    else:
        take_over(tensor, node)


def add_(x: Tensor, other: Any, *, alpha: float = 1) -> Tensor:
    """`x += alpha * other`, broadcast to the shape of `x`.

    Raises: RuntimeError on a leaf that requires grad, or where the result doesn't fit `x`.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return run_in_place(AddBackward0, x, other, constants=(alpha,))


def sub_(x: Tensor, other: Any, *, alpha: float = 1) -> Tensor:
    """`x -= alpha * other`, broadcast to the shape of `x`.

    Raises: RuntimeError for truth values, on a leaf that requires grad, or where the result doesn't fit `x`.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return run_in_place(SubBackward0, x, other, constants=(alpha,))


def mul_(x: Tensor, other: Any) -> Tensor:
    """`x *= other`, broadcast to the shape of `x`.

    Raises: RuntimeError on a leaf that requires grad, or where the result doesn't fit `x`.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return run_in_place(MulBackward0, x, other)


def div_(x: Tensor, other: Any) -> Tensor:
    """`x /= other`, broadcast to the shape of `x`.

    Raises: RuntimeError on a leaf that requires grad, or where the result doesn't fit `x`.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    return run_in_place(DivBackward0, x, other)


def remainder_(x: Tensor, other: Any) -> Tensor:
    """`x %= other`, broadcast to the shape of `x`.

    Raises: RuntimeError when a whole number is divided by 0, on a leaf that requires grad, or where the result doesn't
    fit `x`; NotImplementedError where both are truth values.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    if isinstance(other, Tensor):
        return run_in_place(RemainderBackward1, x, other)
    return run_in_place(RemainderBackward0, x, constants=(other,))


def floor_divide_(x: Tensor, other: Any) -> Tensor:
    """`x //= other`, broadcast to the shape of `x`; it has no gradient.

    Raises: RuntimeError when a whole number is divided by 0, on a leaf that requires grad, or where the result doesn't
    fit `x`; NotImplementedError where both are truth values.
    Source: aten/src/ATen/native/BinaryOps.cpp.
    """
    changed: Tensor = without_formula(run_in_place, "floor_divide_", whole_quotient, x, other)
    return changed


def pow_(x: Tensor, exponent: Any) -> Tensor:
    """`x **= exponent`, broadcast to the shape of `x`.

    Raises: RuntimeError for a negative power of whole numbers, on a leaf that requires grad, or where the result
    doesn't fit `x`; NotImplementedError where both are truth values.
    Source: aten/src/ATen/native/Pow.cpp.
    """
    if isinstance(exponent, Tensor):
        return run_in_place(PowBackward1, x, exponent)
    return run_in_place(PowBackward0, x, constants=(exponent,))


def neg_(x: Tensor) -> Tensor:
    """Each element of `x` itself with the other sign.

    Raises: RuntimeError for truth values, or on a leaf that requires grad.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    return run_in_place(NegBackward0, x)


def exp_(x: Tensor) -> Tensor:
    """E to the power of each element, in `x` itself.

    Raises: RuntimeError for whole numbers, or on a leaf that requires grad.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    return run_in_place(ExpBackward0, x)


def sqrt_(x: Tensor) -> Tensor:
    """The square root of each element, in `x` itself.

    Raises: RuntimeError for whole numbers, or on a leaf that requires grad.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    return run_in_place(SqrtBackward0, x)


def tanh_(x: Tensor) -> Tensor:
    """The hyperbolic tangent of each element, in `x` itself.

    Raises: RuntimeError for whole numbers, or on a leaf that requires grad.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    return run_in_place(TanhBackward0, x)


def sigmoid_(x: Tensor) -> Tensor:
    """`1 / (1 + exp(-x))` of each element, in `x` itself.

    Raises: RuntimeError for whole numbers, or on a leaf that requires grad.
    Source: aten/src/ATen/native/UnaryOps.cpp.
    """
    return run_in_place(SigmoidBackward0, x)


def relu_(x: Tensor) -> Tensor:
    """Each element, or 0 where it is negative, in `x` itself.

    Raises: RuntimeError for truth values, or on a leaf that requires grad.
    Source: aten/src/ATen/native/Activation.cpp.
    """
    return run_in_place(ReluBackward0, x)


def zero_(x: Tensor) -> Tensor:
    """All elements of `x` itself set to 0.

    Raises: RuntimeError on a leaf that requires grad, or a view of one.
    Source: aten/src/ATen/native/Fill.cpp.
    """
    return run_in_place(ZeroBackward0, x)


def fill_(x: Tensor, value: Tensor | float) -> Tensor:
    """All elements of `x` itself set to `value`, a number or a tensor without dimensions.

    Raises: RuntimeError on a leaf that requires grad, or a view of one, for a tensor with dimensions, and for a number
    that is too large.
    Source: aten/src/ATen/native/Fill.cpp.
    """
    if isinstance(value, Tensor):
        return run_in_place(FillBackward3, x, value)
    return run_in_place(FillBackward2, x, constants=(value,))


def copy_(x: Tensor, other: Tensor | float, non_blocking: bool = False) -> Tensor:
    """All elements of `x` itself replaced by those of `other`, broadcast and brought to its dtype.

    `non_blocking` changes nothing: all memory is at hand.

    Raises: RuntimeError on a leaf that requires grad, or when `other` doesn't fit the shape of `x`.
    Source: aten/src/ATen/native/Copy.cpp.
    """
    return run_in_place(CopyBackwards, x, other)
