"""What all differentiable operations have in common: how they compute, what their nodes keep, and how they go backward.

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
recorded (`create_graph`). Therefore it uses operators and other operations only, which take both. Users read what is
kept as `_saved_<name>`, save for constants whose name begins with an underscore, which PyTorch's nodes don't have.
Source: tools/autograd/derivatives.yaml, version 2.13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from ..grad_mode import state
from ..node import Node
from ..recording import run_operation
from ..saved import FREED, SavedTensor, unpacked
from ..size import broadcast_shape
from ..tensor import Tensor

Formula = Callable[..., Any]
KEPT = (Tensor, SavedTensor)  # what of the saved values may have changed since


class OperationType(type):
    """Gives each operation class empty `__slots__`, so that nodes stay small and take no new attributes.

    Source: tools/autograd/gen_autograd_functions.py.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> OperationType:
        namespace.setdefault("__slots__", ())
        return super().__new__(cls, name, bases, namespace)


class Operation(Node, metaclass=OperationType):
    """A recorded operation.

    Source: `struct TraceableFunction`, torch/csrc/autograd/node.h, version 2.13.
    """

    __slots__ = ("constants", "saved")

    saves: ClassVar[Mapping[str, tuple[int, ...]]] = {}
    keeps: ClassVar[tuple[str, ...]] = ()
    gradients: ClassVar[tuple[Formula, ...]] = ()
    order: ClassVar[tuple[tuple[int, Formula], ...]]  # the formulas with their inputs' places, as they run
    saves_result: ClassVar[bool]
    wanted_by: ClassVar[tuple[tuple[int, ...], ...]]  # of each saved input
    by_name: ClassVar[tuple[int, ...]]  # the saved values' places, as they are unpacked
    last_first: ClassVar[bool] = False  # see `apply`
    prepare: ClassVar[Callable[..., Any] | None] = None  # dtype promotion, where there is any
    leaves_out: ClassVar[bool] = True  # gradients along edges that lead to no input of the pass

    saved: list[Any] | None
    constants: tuple[Any, ...]

    def __init_subclass__(cls) -> None:
        places = range(len(cls.gradients))
        cls.order = tuple(zip(places, cls.gradients, strict=True))[:: -1 if cls.last_first else 1]
        cls.saves_result = "result" in cls.saves
        cls.wanted_by = tuple(cls.saves[name] for name in cls.saves if name != "result")
        names = sorted(cls.saves, key=lambda name: (name == "result", name))
        cls.by_name = tuple(list(cls.saves).index(name) for name in names)
        # Properties, since a `__getattr__` would slow down every attribute of every node.
        for name in cls.keeps:
            if not name.startswith("_"):
                setattr(cls, f"_saved_{name}", _saved_constant(name))
        for name in cls.saves:
            setattr(cls, f"_saved_{name}", _saved_tensor(name))

    @staticmethod
    def forward(*arrays: Any, **named: Any) -> Any:
        """The result of arrays, after which the constants are passed; each kind of operation brings its own.

        Raises: NotImplementedError for an operation that brings none.
        """
        raise NotImplementedError("this operation computes nothing: give its class a static method forward(*arrays)")

    @classmethod
    def run(cls, *inputs: Any, constants: tuple[Any, ...] = ()) -> Any:
        """The result of the operation: an array for arrays, a Tensor (recorded where needed) for Tensors.

        Raises: RuntimeError when the shapes of the inputs don't fit each other.
        """
        for value in inputs:
            if isinstance(value, Tensor):
                return run_operation(cls, inputs, constants)
        return cls.compute(list(inputs), constants)

    @classmethod
    def compute(cls, arrays: list[Any], constants: tuple[Any, ...]) -> Any:
        """The forward result of arrays, promoted where the operation does so.

        Raises: RuntimeError when the shapes of the inputs don't fit each other.
        """
        try:
            if cls.prepare is not None:
                arrays = cls.prepare(arrays)
            return cls.forward(*arrays, *constants)
        except ValueError as error:
            if len(arrays) >= 2 and "broadcast" in str(error):  # then in PyTorch's words
                broadcast_shape(np.shape(arrays[-2]), np.shape(arrays[-1]))
            raise RuntimeError(str(error)) from error

    def should_compute_output(self, places: tuple[int, ...]) -> bool:
        """Whether a gradient may be asked for along one of the edges at these places.

        Source: `Node::should_compute_output`, torch/csrc/autograd/node.h.
        """
        for place in places:  # noqa: SIM110  # `any` would make a generator for each saved input
            if self.next_edges[place].function is not None:
                return True
        return False

    def save_output(self, output: Tensor) -> None:
        """Keep the result where formulas are written with it, even if none of them is to run, as PyTorch does."""
        if self.saves_result and self.saved is not None:
            self.saved.append(SavedTensor.of_output(output))

    def apply(self, *gradients: Any) -> tuple[Any, ...]:
        """The gradients of the inputs by the formulas: on arrays or, while the pass is recorded, on Tensors.

        PyTorch takes the formulas in alphabetical order of the inputs' names, `other` before `self`: that shows in a
        recorded pass, whose nodes are numbered as they are made.

        Raises: RuntimeError when what was saved has been freed, or modified since.
        """
        if self.saved is None:
            raise RuntimeError(FREED)
        (gradient,) = gradients
        edges = self.next_edges
        results: list[Any] = [None] * len(edges)
        if gradient is None:
            return tuple(results)
        recording = state.enabled
        given = gradient if recording else gradient.array
        values = self.values(recording)
        for place, formula in self.order:
            if edges[place].function is not None:
                result = formula(given, *values)
                # A gradient that a formula passes on stays the very same Tensor.
                results[place] = gradient if result is given else result if recording else Tensor(result)
        return tuple(results)

    def values(self, as_tensors: bool) -> tuple[Any, ...]:
        """What the formulas get beside the gradient: the saved values, as Tensors or as arrays, then the constants.

        Raises: RuntimeError when what was saved has been freed, or modified since.
        """
        return (*self.unpack(as_tensors), *self.constants) if self.saved else self.constants

    def shown(self, constant: Any) -> Any:
        """A constant as users read it."""
        return constant

    def unpack(self, as_tensors: bool = True) -> list[Any]:
        """The saved values in the order of `saves`, as Tensors or as arrays.

        PyTorch unpacks inputs in alphabetical order of their names, then the result: that shows in which one is
        complained about where several have been modified.

        Raises: RuntimeError when they have been freed or modified since.
        """
        if self.saved is None:
            raise RuntimeError(FREED)
        values = list(self.saved)
        for place in self.by_name:
            if isinstance(values[place], KEPT):
                values[place] = unpacked(values[place], self, as_tensors)
        return values

    def release_variables(self) -> None:
        """Forget the saved tensors."""
        if self.saved:
            self.saved = None


def _saved_constant(name: str) -> property:
    """What users read as `node._saved_<name>` of a constant."""

    def read(node: Operation) -> Any:
        return node.shown(node.constants[node.keeps.index(name)])

    return property(read, doc=f"The constant `{name}` of the formulas.")


def _saved_tensor(name: str) -> property:
    """What users read as `node._saved_<name>` of a saved tensor; a number that was saved comes as a tensor."""

    def read(node: Operation) -> Any:
        if node.saved is None and name != "result" and not node.should_compute_output(node.saves[name]):
            return None  # it was never saved, so nothing is gone
        value = node.unpack()[list(node.saves).index(name)]
        return Tensor(np.asarray(value)[()]) if isinstance(value, int | float) else value

    return property(read, doc=f"The saved tensor `{name}`; it can be read until the node is freed.")


class ManyOperation(Operation):
    """An operation whose number of inputs or outputs varies: one method stands for all formulas.

    Source: tools/autograd/gen_autograd_functions.py.
    """

    leaves_out = False

    def backward(self, gradients: Sequence[Any]) -> Sequence[Any]:
        """One gradient per edge, None for an empty edge, from the gradients of the outputs, of which one is there.

        Raises: NotImplementedError unless a subclass defines it.
        """
        raise NotImplementedError(f"{self.name()} has no formula: give its class a method backward(gradients)")

    def apply(self, *gradients: Any) -> tuple[Any, ...]:
        """The gradients of the inputs, on arrays or, while the pass is recorded, on Tensors."""
        if all(gradient is None for gradient in gradients):
            return (None,) * len(self.next_edges)
        if state.enabled:
            return tuple(self.backward(gradients))
        results = self.backward([None if gradient is None else gradient.array for gradient in gradients])
        return tuple(None if result is None else Tensor(result) for result in results)


def array_of(value: Any) -> Any:
    """The array in a Tensor, and an array or number as it is.

    Source: `unpack`, torch/csrc/autograd/VariableTypeManual.cpp.
    """
    return value.array if isinstance(value, Tensor) else value


def zeros_like(value: Any, shape: tuple[int, ...] | None = None) -> Any:
    """Zeros outside the graph, of another shape if given: a Tensor like a Tensor, an array like an array.

    Source: aten/src/ATen/native/TensorFactories.cpp.
    """
    zeros = np.zeros_like(array_of(value), shape=shape)
    return Tensor(zeros) if isinstance(value, Tensor) else zeros
