"""Saved tensors: what a node keeps of the forward pass for its gradient formula.

Source: torch/csrc/autograd/saved_variable.cpp, version 2.13.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


def check_version(tensor: Tensor, version: int, made_by: Node | None) -> None:
    """Refuse a saved tensor that was modified in place after it was saved at `version`.

    Raises: RuntimeError with PyTorch's text.
    """
    if tensor._version == version:
        return
    kind = f"{dtype_of(tensor.array.dtype).tensor_type} {list(tensor.array.shape)}"
    origin = ""
    if made_by is not None:
        origin = f", which is output {tensor.output_nr} of {made_by.name().removesuffix('Backward0')},"
    raise RuntimeError(
        "one of the variables needed for gradient computation has been modified by an inplace operation: "
        f"[{kind}]{origin} is at version {tensor._version}; expected version {version} instead. Hint: enable anomaly "
        "detection to find the operation that failed to compute its gradient, with "
        "torch.autograd.set_detect_anomaly(True, check_nan=False)."
    )


class SavedTensor:
    """A tensor kept for a formula, with the version that it had.

    An output is kept without its `grad_fn`, which is the node that keeps it: that would be a cycle.
    """

    __slots__ = ("is_output", "tensor", "version")

    def __init__(self, tensor: Tensor, is_output: bool = False) -> None:
        self.tensor = tensor
        self.version = tensor._version
        self.is_output = is_output

    @classmethod
    def of_output(cls, output: Tensor) -> SavedTensor:
        """The result of an operation, to be kept by the node that made it."""
        return cls(output.without_history(), is_output=True)

    def unpack(self, node: Node) -> Tensor:
        """The tensor as `node` saved it.

        Raises: RuntimeError when it was modified in place since.
        """
        self.unpack_array(node)
        if not self.is_output:
            return self.tensor
        tensor = self.tensor.without_history()
        tensor.grad_fn = node
        tensor._requires_grad = True
        return tensor

    def unpack_array(self, node: Node) -> Any:
        """The array of the tensor as `node` saved it.

        Raises: RuntimeError when it was modified in place since.
        """
        if self.tensor._version != self.version:
            check_version(self.tensor, self.version, node if self.is_output else self.tensor.grad_fn)
        return self.tensor.array


def saved_input(value: Any) -> Any:
    """An input as a node keeps it: a number, or a tensor that never changed, as it is."""
    if getattr(value, "_version_counter", None) is None:
        return value
    return SavedTensor(value)


def unpacked(value: Any, node: Node, as_tensor: bool) -> Any:
    """A saved value as `node` kept it, a Tensor as such or as its array, after a check that it has not changed since.

    Raises: RuntimeError when it was modified in place since.
    """
    if isinstance(value, SavedTensor):
        return value.unpack(node) if as_tensor else value.unpack_array(node)
    if not hasattr(value, "_version_counter"):
        return value
    # Kept as it is: then it was at version 0.
    if value._version_counter is not None:
        check_version(value, 0, value.grad_fn)
    return value if as_tensor else value.array
