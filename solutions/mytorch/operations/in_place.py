"""Operations in place: the same nodes as out of place, on the memory of their first input.

Source: torch/csrc/autograd/VariableTypeUtils.h (`check_inplace`, `rebase_history`), and `CopySlices`,
torch/csrc/autograd/functions/tensor.cpp, version 2.13.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import check_overflow, dtype_of, type_name
from ..edge import gradient_edge
from ..layout import check_internal_overlap, check_overlap, overlaps_partly
from ..node import Node
from ..recording import compute_requires_grad, make_node
from ..saved import FREED, saved_input
from ..tensor import Tensor
from .arithmetic import AddBackward0, DivBackward0, MulBackward0, NegBackward0, SubBackward0
from .broadcasting import expand
from .copying import clone
from .division import RemainderBackward0, RemainderBackward1, whole_quotient, without_formula
from .elementwise import ExpBackward0, ReluBackward0, SigmoidBackward0, SqrtBackward0, TanhBackward0
from .filling import FillBackward2, FillBackward3, Filling, ZeroBackward0
from .indexing import basic_index
from .keeping import kept
from .operation import Operation, array_of, zeros_like
from .powers import PowBackward0, PowBackward1
from .putting import IndexPutBackward0
from .shapes import view
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
    """`tensor` itself, holding the result of `operation` from now on.

    Raises: RuntimeError on a leaf that requires grad or a view of one, and where the result has another shape or dtype.
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
    """`x += alpha * other`. Source: aten/src/ATen/native/BinaryOps.cpp."""
    return run_in_place(AddBackward0, x, other, constants=(alpha,))


def sub_(x: Tensor, other: Any, *, alpha: float = 1) -> Tensor:
    """`x -= alpha * other`. Source: aten/src/ATen/native/BinaryOps.cpp."""
    return run_in_place(SubBackward0, x, other, constants=(alpha,))


def mul_(x: Tensor, other: Any) -> Tensor:
    """`x *= other`. Source: aten/src/ATen/native/BinaryOps.cpp."""
    return run_in_place(MulBackward0, x, other)


def div_(x: Tensor, other: Any) -> Tensor:
    """`x /= other`. Source: aten/src/ATen/native/BinaryOps.cpp."""
    return run_in_place(DivBackward0, x, other)


def remainder_(x: Tensor, other: Any) -> Tensor:
    """`x %= other`. Source: aten/src/ATen/native/BinaryOps.cpp."""
    if isinstance(other, Tensor):
        return run_in_place(RemainderBackward1, x, other)
    return run_in_place(RemainderBackward0, x, constants=(other,))


def floor_divide_(x: Tensor, other: Any) -> Tensor:
    """`x //= other`, which has no gradient. Source: aten/src/ATen/native/BinaryOps.cpp."""
    changed: Tensor = without_formula(run_in_place, "floor_divide_", whole_quotient, x, other)
    return changed


def pow_(x: Tensor, exponent: Any) -> Tensor:
    """`x **= exponent`. Source: aten/src/ATen/native/Pow.cpp."""
    if isinstance(exponent, Tensor):
        return run_in_place(PowBackward1, x, exponent)
    return run_in_place(PowBackward0, x, constants=(exponent,))


def neg_(x: Tensor) -> Tensor:
    """Each element with the other sign. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return run_in_place(NegBackward0, x)


def exp_(x: Tensor) -> Tensor:
    """E to the power of each element. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return run_in_place(ExpBackward0, x)


def sqrt_(x: Tensor) -> Tensor:
    """The square root of each element. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return run_in_place(SqrtBackward0, x)


def tanh_(x: Tensor) -> Tensor:
    """The hyperbolic tangent of each element. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return run_in_place(TanhBackward0, x)


def sigmoid_(x: Tensor) -> Tensor:
    """`1 / (1 + exp(-x))` of each element. Source: aten/src/ATen/native/UnaryOps.cpp."""
    return run_in_place(SigmoidBackward0, x)


def relu_(x: Tensor) -> Tensor:
    """Each element, or 0 where it is negative. Source: aten/src/ATen/native/Activation.cpp."""
    return run_in_place(ReluBackward0, x)


def zero_(x: Tensor) -> Tensor:
    """All elements set to 0. Source: aten/src/ATen/native/Fill.cpp."""
    return run_in_place(ZeroBackward0, x)


def fill_(x: Tensor, value: Tensor | float) -> Tensor:
    """All elements set to `value`, a number or a tensor without dimensions.

    Raises: RuntimeError for a tensor with dimensions.
    Source: aten/src/ATen/native/Fill.cpp.
    """
    if isinstance(value, Tensor):
        return run_in_place(FillBackward3, x, value)
    return run_in_place(FillBackward2, x, constants=(value,))


def copy_(x: Tensor, other: Tensor | float, non_blocking: bool = False) -> Tensor:  # all is at hand
    """All elements replaced by those of `other`, broadcast. Source: aten/src/ATen/native/Copy.cpp."""
    return run_in_place(CopyBackwards, x, other)


def assign(x: Tensor, key: Any, value: Any) -> None:
    """`x[key] = value`. Source: `THPVariable_setitem`, torch/csrc/autograd/python_variable_indexing.cpp."""
    part, places = basic_index(x, key)
    if not isinstance(value, Tensor):
        value = _as_tensor(value, x)
    if places:
        sizes = _without_leading_ones(value.array.shape)
        value = value if sizes == value.array.shape else view(value, sizes)
        run_in_place(IndexPutBackward0, part, value, constants=kept((places, False)))
    else:
        # A key that takes all of `x`, such as `:` or `...`, changes `x` itself.
        _fill(x if part.array.shape == x.array.shape else part, value)


def _as_tensor(value: Any, like: Tensor) -> Tensor:
    """A number to be assigned, as a tensor of the dtype of `like`.

    Raises: TypeError for anything else; RuntimeError for a number that is too large.
    """
    if not isinstance(value, int | float | np.integer):
        raise TypeError(f"can't assign a {type_name(value)} to a {like.dtype.tensor_type}")
    check_overflow(value, like.array.dtype)
    return Tensor(np.asarray(value, like.array.dtype)[()])


def _fill(part: Tensor, value: Tensor) -> None:
    """Assign `value` to all of `part`: one without dimensions fills it, any other is copied.

    Source: `copy_to`, aten/src/ATen/TensorIndexing.h.
    """
    if part.ndim and not value.ndim:
        fill_(part, value)
    else:
        copy_(part, _expanded(value, part.array.shape))


def _expanded(value: Tensor, shape: tuple[int, ...]) -> Tensor:
    """`value` brought to `shape` by recorded views, as PyTorch does before it assigns."""
    if value.array.shape == shape:
        return value
    sizes = _without_leading_ones(value.array.shape)
    value = view(value, sizes)
    expanded: Tensor = value if sizes == shape else expand(value, shape)
    return expanded


def _without_leading_ones(shape: tuple[int, ...]) -> tuple[int, ...]:
    """`shape` from the first size on that is not 1.

    Source: `slicePrefix1sSize`, aten/src/ATen/TensorIndexing.h.
    """
    while shape and shape[0] == 1:
        shape = shape[1:]
    return shape
