"""`Function`: operations that users write themselves.

Source: torch/autograd/function.py and torch/csrc/autograd/python_function.cpp, version 2.13.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from ..edge import collect_next_edges
from ..grad_mode import no_grad, state
from ..node import Node
from ..operations.shapes import view
from ..saved import FREED, SavedTensor
from ..tensor import Tensor


class FunctionNode(Node):
    """The node of a user's function, and the `ctx` that its `forward` and `backward` share.

    Source: `PyNode`, torch/csrc/autograd/python_function.h.
    """

    __slots__ = ("__dict__", "is_tensor", "materialize", "needs_input_grad", "non_differentiable", "saved", "to_save")

    function: ClassVar[type[Function]]

    def __init__(self, inputs: Sequence[Any]) -> None:
        self.is_tensor = [isinstance(value, Tensor) for value in inputs]
        self.needs_input_grad = tuple(isinstance(value, Tensor) and value.requires_grad for value in inputs)
        self.to_save: tuple[Any, ...] = ()
        self.saved: tuple[Any, ...] | None = ()
        self.non_differentiable: tuple[Any, ...] = ()
        self.materialize = True
        super().__init__(collect_next_edges(*(value for value in inputs if isinstance(value, Tensor))))

    def save_for_backward(self, *tensors: Any) -> None:
        """Keep `tensors`, inputs or results of `forward`, for `backward`."""
        self.to_save = tensors

    def mark_non_differentiable(self, *outputs: Tensor) -> None:
        """Let these results require no gradient."""
        self.non_differentiable = outputs

    def set_materialize_grads(self, value: bool) -> None:
        """Whether `backward` gets zeros (the default) or None for results that nobody used."""
        self.materialize = value

    @property
    def saved_tensors(self) -> tuple[Any, ...]:
        """What `save_for_backward` kept.

        Raises: RuntimeError when it was freed, or modified in place since.
        """
        if self.saved is None:
            raise RuntimeError(FREED)
        return tuple(each.unpack(self) if isinstance(each, SavedTensor) else each for each in self.saved)

    def keep(self, outputs: Sequence[Any]) -> None:
        """Save what `save_for_backward` named, once `forward` is done.

        Raises: TypeError for anything but tensors.
        """
        saved: list[SavedTensor | None] = []
        for place, value in enumerate(self.to_save):
            if value is not None and not isinstance(value, Tensor):
                raise TypeError(
                    f"save_for_backward can only save variables, but argument {place} is of type {type(value).__name__}"
                )
            if value is not None and any(value is output for output in outputs):
                saved.append(SavedTensor.of_output(value))
            else:
                saved.append(None if value is None else SavedTensor(value))
        self.saved, self.to_save = tuple(saved), ()

    def apply(self, *gradients: Any) -> tuple[Any, ...]:
        """One gradient per tensor argument, from the user's `backward`."""
        if self.materialize:
            gradients = tuple(
                Tensor(np.zeros(metadata.shape, metadata.dtype)) if gradient is None else gradient
                for gradient, metadata in zip(gradients, self._input_metadata, strict=True)
            )
        returned = self.function.backward(self, *gradients)
        results = returned if isinstance(returned, tuple) else (returned,)
        return self._for_tensors(results)

    def _for_tensors(self, results: tuple[Any, ...]) -> tuple[Any, ...]:
        """The gradients of the tensor arguments, after a check that the others have none."""
        expected = len(self.is_tensor)
        surplus = results[expected:]
        if len(results) < expected or any(each is not None for each in surplus):
            raise RuntimeError(
                f"function {self.name()} returned an incorrect number of gradients (expected {expected}, got "
                f"{len(results)})"
            )
        for place, (result, is_tensor) in enumerate(zip(results, self.is_tensor, strict=False)):
            if result is not None and not is_tensor:
                raise RuntimeError(
                    f"function {self.name()} returned a gradient different than None at position {place + 1}, but the "
                    "corresponding forward input was not a Variable"
                )
        return tuple(result for result, is_tensor in zip(results, self.is_tensor, strict=False) if is_tensor)

    def release_variables(self) -> None:
        """Forget the saved tensors."""
        self.saved = None

    def __repr__(self) -> str:
        return f"<torch.autograd.function.{type(self).__name__} object at {id(self):#x}>"


class Function:
    """A user's operation: subclass it with static methods `forward(ctx, …)` and `backward(ctx, *grads)`.

    With `setup_context(ctx, inputs, output)`, `forward` takes no `ctx`.

    Source: torch/autograd/function.py.
    """

    node_class: ClassVar[type[FunctionNode]]

    def __init_subclass__(cls) -> None:
        cls.node_class = type(f"{cls.__name__}Backward", (FunctionNode,), {"function": cls, "__slots__": ()})

    @staticmethod
    def forward(*args: Any) -> Any:
        """The result for the arguments.

        Raises: NotImplementedError unless a subclass defines it.
        """
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        """The gradients of all arguments, None for those that are not tensors.

        Raises: NotImplementedError unless a subclass defines it.
        """
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom autograd.Function to use it with "
            "backward mode AD."
        )

    setup_context: ClassVar[Any] = None

    @classmethod
    def apply(cls, *inputs: Any) -> Any:
        """The result of `forward`, recorded as one node."""
        node = cls.node_class(inputs)
        with no_grad():
            if cls.setup_context is None:
                returned = cls.forward(node, *inputs)
            else:
                returned = cls.forward(*inputs)
                cls.setup_context(node, inputs, returned)
        outputs = list(returned) if isinstance(returned, tuple) else [returned]
        # A result that is one of the arguments becomes another tensor, lest the argument lose its own history.
        outputs = [_aside(output) if any(output is value for value in inputs) else output for output in outputs]
        record = state.enabled and any(node.needs_input_grad)
        for output in outputs:
            if record and isinstance(output, Tensor):
                cls._attach(node, output)
        if record:
            node.keep(outputs)
        return tuple(outputs) if isinstance(returned, tuple) else outputs[0]

    @staticmethod
    def _attach(node: FunctionNode, output: Tensor) -> None:
        """Make `node` the one that made `output`."""
        output_nr = node.add_input_metadata(output)
        if output.array.dtype.kind == "f" and not any(output is each for each in node.non_differentiable):
            output.grad_fn = node
            output._requires_grad = True
            output.output_nr = output_nr


def _aside(value: Tensor) -> Tensor:
    """A view of all of `value`, outside its graph."""
    with no_grad():
        aside: Tensor = view(value, tuple(value.shape)).detach()
    return aside
