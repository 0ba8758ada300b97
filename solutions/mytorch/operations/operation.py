"""What all differentiable operations have in common: how they run, record a node, save tensors, and go backward.

An operation is a class: `forward` on arrays, and beside it one gradient formula per input.

    class MulBackward0(Operation):
        saves = {"self": (1,), "other": (0,)}           # kept only if that input's gradient is wanted
        gradients = (lambda grad, x, y: grad * y, lambda grad, x, y: grad * x)

        @staticmethod
        def forward(x, y):
            return x * y

    product = MulBackward0.run(a, b)

A formula gets the gradient of the output, then what `saves` names, then the constants that `keeps` names. It is
written once and serves twice: on numpy arrays in an ordinary backward pass, on Tensors when the pass itself is
recorded (`create_graph`). Therefore it uses operators and other operations only, which take both.
Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from ..edge import collect_next_edges
from ..grad_mode import state
from ..node import Node
from ..saved import FREED, SavedTensor
from ..tensor import Tensor

Formula = Callable[..., Any]


class OperationType(type):
    """Gives each operation class empty `__slots__`, so that nodes stay small and take no new attributes."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> OperationType:
        namespace.setdefault("__slots__", ())
        return super().__new__(cls, name, bases, namespace)


class Operation(Node, metaclass=OperationType):
    """A recorded operation.

    Source: `struct TraceableFunction`, torch/csrc/autograd/function.h, version 2.13.
    """

    __slots__ = ("constants", "saved")

    saves: ClassVar[Mapping[str, tuple[int, ...]]] = {}
    keeps: ClassVar[tuple[str, ...]] = ()
    gradients: ClassVar[tuple[Formula, ...]] = ()
    is_view: ClassVar[bool] = False
    forward: ClassVar[Callable[..., Any]]

    saved: list[Any] | None
    constants: tuple[Any, ...]

    @classmethod
    def run(cls, *inputs: Any, constants: tuple[Any, ...] = ()) -> Any:
        """The result of the operation: an array for arrays, a Tensor (recorded where needed) for Tensors."""
        arrays, record, is_tensor = [], False, False
        for value in inputs:
            if isinstance(value, Tensor):
                is_tensor = True
                arrays.append(value.memory() if cls.is_view else value.array)
                record = record or value._requires_grad
            else:
                arrays.append(value)
        result = cls.forward(*arrays, *constants)
        if not is_tensor:
            return result
        output = Tensor(result)
        if cls.is_view:
            output.become_view_of(inputs[0])
        if record and state.enabled:
            node = cls(collect_next_edges(*inputs))
            node.constants = constants
            node.save_inputs(inputs)
            output.grad_fn = node
            output._requires_grad = True
            output.output_nr = node.add_input_metadata(output)
            node.save_output(output)
        return output

    def save_inputs(self, inputs: Sequence[Any], copy_first: bool = False) -> None:
        """Keep of `inputs` what the formulas of those that require grad need; of the first a copy, if so wished."""
        saved: list[Any] = []
        for position, (name, wanted_by) in enumerate(self.saves.items()):
            value = None
            if name != "result" and any(self.next_edges[index].function is not None for index in wanted_by):
                value = inputs[position]
                if isinstance(value, Tensor):
                    value = SavedTensor(value.clone() if copy_first and position == 0 else value)  # type: ignore[attr-defined]  # attached
            saved.append(value)
        self.saved = saved

    def save_output(self, output: Tensor) -> None:
        """Keep the result, for the operations whose formulas are written with it."""
        if self.saved and "result" in self.saves:
            self.saved[-1] = SavedTensor.of_output(output)

    def apply(self, *gradients: Any) -> tuple[Any, ...]:
        """The gradients of the inputs: by the formulas, on arrays or, while recording, on Tensors."""
        values = self.unpack()
        if state.enabled:
            return tuple(self.backward(gradients, values))
        arrays = [None if gradient is None else gradient.array for gradient in gradients]
        values = [value.array if isinstance(value, Tensor) else value for value in values]
        results = self.backward(arrays, values)
        return tuple([_as_tensor(result, arrays, gradients) for result in results])

    def backward(self, gradients: Sequence[Any], values: Sequence[Any]) -> Sequence[Any]:
        """One gradient per edge, None for an empty edge, from the gradients of the outputs and the saved values."""
        gradient = gradients[0]
        if gradient is None:
            return [None] * len(self.next_edges)
        return [
            None if edge.function is None else formula(gradient, *values, *self.constants)
            for edge, formula in zip(self.next_edges, self.gradients, strict=True)
        ]

    def unpack(self) -> list[Any]:
        """The saved values, in the order of `saves`.

        Raises: RuntimeError when they have been freed or modified since.
        """
        if self.saved is None:
            raise RuntimeError(FREED)
        return [value.unpack(self) if isinstance(value, SavedTensor) else value for value in self.saved]

    def release_variables(self) -> None:
        """Forget the saved tensors."""
        if self.saved:
            self.saved = None

    def __getattr__(self, name: str) -> Any:
        """`_saved_<name>`: what the node saved under this name."""
        key = name.removeprefix("_saved_")
        if key != name and key in self.keeps:
            return self.constants[self.keeps.index(key)]
        if key != name and key in self.saves:
            return self.unpack()[list(self.saves).index(key)]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")


def _as_tensor(result: Any, arrays: Sequence[Any], gradients: Sequence[Any]) -> Any:
    """`result` as a Tensor; the incoming gradient itself where a formula passed it on."""
    if result is None:
        return None
    return gradients[0] if result is arrays[0] else Tensor(result)
