"""Saved tensors: what a node keeps of the forward pass for its gradient formula.

Source: torch/csrc/autograd/saved_variable.cpp, version 2.13.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .anomaly import AnomalyMode
from .dtypes import dtype_of

if TYPE_CHECKING:
    from .node import Node
    from .tensor import Tensor

FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after they have already "
    "been freed). Saved intermediate values of the graph are freed when you call .backward() or autograd.grad(). "
    "Specify retain_graph=True if you need to backward through the graph a second time or if you need to access "
    "saved tensors after calling backward."
)
LOOK_FOR_IT = (
    "enable anomaly detection to find the operation that failed to compute its gradient, with "
    "torch.autograd.set_detect_anomaly(True, check_nan=False)."
)
SEE_ABOVE = (
    "the backtrace further above shows the operation that failed to compute its gradient. The variable in question was "
    "changed in there or anywhere later. Good luck!"
)


def operation_name(name: str) -> str:
    """The name of a node as messages give it: that of the operation, "Add" for "AddBackward0".

    Source: `SavedVariable::unpack`, torch/csrc/autograd/saved_variable.cpp.
    """
    return re.sub(r"Backward(?:0|(\d*))$", r"\1", name)


def check_version(tensor: Tensor, version: int, made_by: Node | None) -> None:
    """Refuse a saved tensor that was modified in place after it was saved at `version`.

    Raises: RuntimeError with PyTorch's text.
    Source: `SavedVariable::unpack`, torch/csrc/autograd/saved_variable.cpp.
    """
    if tensor._version == version:
        return
    kind = f"{dtype_of(tensor.array.dtype).cpp_tensor_type} {list(tensor.array.shape)}"
    origin = ""
    if made_by is not None:
        number = 0 if tensor.grad_fn is made_by else tensor.output_nr  # nodes number their own outputs alone
        origin = f", which is output {number} of {operation_name(made_by.name())},"
    raise RuntimeError(
        "one of the variables needed for gradient computation has been modified by an inplace operation: "
        f"[{kind}]{origin} is at version {tensor._version}; expected version {version} instead. Hint: "
        f"{SEE_ABOVE if AnomalyMode.enabled else LOOK_FOR_IT}"
    )


class SavedTensor:
    """A tensor kept for a formula: `tensor`, the `version` it had, and whether it `is_output` of the keeping node.

    Source: `class SavedVariable`, torch/csrc/autograd/saved_variable.h, version 2.13.
    """

    __slots__ = ("is_output", "tensor", "version")

    def __init__(self, tensor: Tensor, is_output: bool = False) -> None:
        """Keep `tensor` as it is now.

        Goal: be able to tell later whether the tensor was modified in place since.
        Contract: `tensor` is kept itself, no copy of it, since memory is dear; `version` is the one that it has at this
        moment, `is_output` what the caller said.
        Worked value: of a tensor that was modified in place twice, `version` is 2, and stays 2.
        Source: `SavedVariable::SavedVariable`, torch/csrc/autograd/saved_variable.cpp, version 2.13.
        """
        self.tensor = tensor
        self.version = tensor._version
        self.is_output = is_output

    @classmethod
    def of_output(cls, output: Tensor) -> SavedTensor:
        """The result of an operation, kept by the node that made it.

        Goal: a node may keep its own result, as `exp` does, and both still vanish when nobody needs them.
        Contract: keeps neither `output` itself nor its `grad_fn` alive, but shares memory and version counter with
        `output`, so that a modification is noticed; `is_output` is True. `tensor.without_history()` is the same memory
        under the same counter, outside the graph.
        Worked value: for `y = x.exp()`, `del y` frees the tensor and its node at once.
        Source: `SavedVariable::SavedVariable`, torch/csrc/autograd/saved_variable.cpp, version 2.13.
        """
        # The output points to its node: were the node to point back, neither would ever be freed.
        return cls(output.without_history(), is_output=True)

    def unpack(self, node: Node) -> Tensor:
        """The tensor as `node` saved it.

        Goal: hand out a saved tensor with its place in the graph, so that what is computed with it can be recorded.
        Contract: refuses what `unpack_array` refuses. An input is the very tensor that was saved. An output has lost
        its place: the result is a new tensor `without_history`, whose `grad_fn` is `node` and whose `_requires_grad`
        is True.
        Raises: RuntimeError when the tensor was modified in place since.
        Worked value: for `y = x.exp()`, `y.grad_fn._saved_result.grad_fn is y.grad_fn`.
        Source: `SavedVariable::unpack`, torch/csrc/autograd/saved_variable.cpp, version 2.13.
        """
        # Refuse what has changed.
        self.unpack_array(node)
        # An input never lost its place.
        if not self.is_output:
            return self.tensor
        # An output gets it back.
        tensor = self.tensor.without_history()
        tensor.grad_fn = node
        tensor._requires_grad = True
        return tensor

    def unpack_array(self, node: Node) -> Any:
        """The array of the tensor as `node` saved it.

        Goal: a formula gets the numbers that it was promised, or nobody gets a gradient at all.
        Contract: `check_version(tensor, version, made_by)` refuses a tensor that is not at this version any more.
        `made_by` is the node that made the tensor: for an output that is `node`, for anything else the tensor's own
        `grad_fn`, None where there is none.
        Raises: RuntimeError when the tensor was modified in place since.
        Worked value: after `y = x.exp()` and `y.add_(1)`, going backward from `y` is refused.
        Source: `SavedVariable::unpack`, torch/csrc/autograd/saved_variable.cpp, version 2.13.
        """
        # Refuse what has changed, and name the node that made it.
        if self.tensor._version != self.version:
            check_version(self.tensor, self.version, node if self.is_output else self.tensor.grad_fn)
        return self.tensor.array


def saved_input(value: Any) -> Any:
    """An input as a node keeps it: a number, or a tensor that never changed, as it is.

    Source: `SavedVariable::SavedVariable`, torch/csrc/autograd/saved_variable.cpp.
    """
    if getattr(value, "_version_counter", None) is None:
        return value
    return SavedTensor(value)


def unpacked(value: Tensor | SavedTensor, node: Node, as_tensor: bool) -> Any:
    """A saved tensor as `node` kept it, as a Tensor or as its array, after a check that it has not changed since.

    Raises: RuntimeError when it was modified in place since.
    Source: `SavedVariable::unpack`, torch/csrc/autograd/saved_variable.cpp.
    """
    if isinstance(value, SavedTensor):
        return value.unpack(node) if as_tensor else value.unpack_array(node)
    # Kept as it is: then it was at version 0.
    if value._version_counter is not None:
        check_version(value, 0, value.grad_fn)
    return value if as_tensor else value.array
