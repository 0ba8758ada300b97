"""`Function`: operations that users write themselves.

Source: torch/autograd/function.py and torch/csrc/autograd/python_function.cpp, version 2.13.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, ClassVar, NoReturn

import numpy as np

from .dtypes import type_name
from .edge import collect_next_edges
from .forward_arguments import with_names
from .grad_mode import no_grad, state
from .node import Node
from .operations.in_place import check_in_place, rebase_history
from .operations.shapes import view
from .operations.views import View, mark_from_function, mark_siblings
from .recording import set_history
from .saved import FREED, SavedTensor
from .tensor import Tensor
from .validation import without_surplus


class FunctionNode(Node):
    """The node of a user's function, and the `ctx` that its `forward` and `backward` share.

    Source: `PyNode`, torch/csrc/autograd/python_function.h, version 2.13.
    """

    __slots__ = ("__dict__", "is_tensor", "needs_input_grad")

    function: ClassVar[type[Function]]
    to_save: tuple[Any, ...] = ()
    saved: tuple[Any, ...] | None = ()
    dirty: tuple[Any, ...] = ()
    non_differentiable: tuple[Any, ...] = ()
    materialize = True

    def __init__(self, inputs: Sequence[Any]) -> None:
        """The node of one call with these `inputs`.

        Goal: know which arguments are tensors, and which of them wait for a gradient.
        Contract: `is_tensor` is a list with a truth value for each input; `needs_input_grad` is a tuple that says of
        each whether it is a tensor that requires grad. The node has one edge for each input that is a tensor, in
        order; anything else has none, not even an empty one.
        Worked value: for `(x, 3)` with a leaf `x`, `needs_input_grad` is `(True, False)`, and there is one edge.
        Source: `unpack_input`, torch/csrc/autograd/python_function.cpp, version 2.13.
        """
        # Ask of each argument whether it is a tensor, and whether its gradient is wanted.
        self.is_tensor = [isinstance(value, Tensor) for value in inputs]
        self.needs_input_grad = tuple(isinstance(value, Tensor) and value.requires_grad for value in inputs)
        # Edges are for tensors alone.
        super().__init__(collect_next_edges(*(value for value in inputs if isinstance(value, Tensor))))

    def save_for_backward(self, *tensors: Any) -> None:
        """Keep `tensors`, inputs or results of `forward`, for `backward`."""
        self.to_save = tensors

    def mark_dirty(self, *inputs: Tensor) -> None:
        """Say that `forward` changes these inputs in place; it has to return them."""
        self.dirty = inputs

    def mark_non_differentiable(self, *outputs: Tensor) -> None:
        """Let these results require no gradient.

        Raises: RuntimeError for anything but tensors.
        """
        for value in outputs:
            if not isinstance(value, Tensor):
                raise RuntimeError(  # noqa: TRY004  # as PyTorch, which doesn't say what it got
                    f"mark_non_differentiable only accepts variable arguments, but got {type_name(value)}"
                )
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
                    f"save_for_backward can only save variables, but argument {place} is of type {type_name(value)}"
                )
            if value is not None and any(value is output for output in outputs):
                saved.append(SavedTensor.of_output(value))
            else:
                saved.append(None if value is None else SavedTensor(value))
        self.saved, self.to_save = tuple(saved), ()

    def apply(self, *gradients: Any) -> tuple[Any, ...]:
        """The gradients for `next_edges`, as the user's `backward` computes them.

        Goal: make the user's function the formula of this node.
        Contract: `self.function.backward` gets this node as `ctx`, and what `self.materialized(gradients)` makes of the
        gradients. It returns a tuple with one gradient for each argument of `forward`, or just one gradient if there is
        one argument. `check_results(self, results)` refuses a tuple that doesn't fit. Only the gradients of tensors go
        on: the node has no other edges. Whether `backward` is recorded is up to the engine.
        Worked value: for the arguments `(x, 3)` and a `backward` that returns `(g * 3, None)`, it is `(g * 3,)`.
        Source: `PyNode::apply`, torch/csrc/autograd/python_function.cpp, version 2.13.
        """
        # Ask the user's formula.
        returned = self.function.backward(self, *self.materialized(gradients))
        results = returned if isinstance(returned, tuple) else (returned,)
        # One for each argument, and none for an argument that is no tensor.
        check_results(self, results)
        return tuple(result for result, is_tensor in zip(results, self.is_tensor, strict=False) if is_tensor)

    def materialized(self, gradients: Sequence[Any]) -> Sequence[Any]:
        """The gradients with zeros in the place of missing ones, unless the user wants to see what is missing."""
        if not self.materialize:
            return gradients
        return [
            Tensor(np.zeros(metadata.shape, metadata.dtype)) if gradient is None and metadata else gradient
            for gradient, metadata in zip(gradients, self._input_metadata, strict=True)
        ]

    def attach(self, output: Any) -> None:
        """Make this node the one that made `output`, if that is a tensor that can have a gradient.

        Raises: RuntimeError for a leaf that requires grad, or a view, that must not be changed in place and was.
        """
        if not isinstance(output, Tensor):
            self._input_metadata.append(None)  # `backward` gets None for it
        elif any(output is each for each in self.dirty):
            if isinstance(output, View):
                check_in_place(output)
            elif output.is_leaf and output.requires_grad:
                raise RuntimeError("a leaf Variable that requires grad has been used in an in-place operation.")
            rebase_history(output, self)
        elif output.array.dtype.kind == "f" and not any(output is each for each in self.non_differentiable):
            set_history(output, self)
        else:
            self.add_input_metadata(output)

    def release_variables(self) -> None:
        """Forget the saved tensors."""
        self.saved = None

    def __call__(self, *_: Any, **__: Any) -> NoReturn:
        """Nothing: only the engine runs a user's function.

        Raises: TypeError with Python's text for what can't be called.
        """
        raise TypeError(f"'{type(self).__name__}' object is not callable")

    def __repr__(self) -> str:
        return f"<torch.autograd.function.{type(self).__name__} object at {id(self):#x}>"


def _both(*_: Any) -> NoReturn:
    """What stands in for two formulas of one function.

    Raises: RuntimeError with PyTorch's text.
    """
    raise RuntimeError(
        "Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only implement one of "
        "them."
    )


class Function:
    """A user's operation: subclass it with static methods `forward(ctx, …)` and `backward(ctx, *grads)`.

    With `setup_context(ctx, inputs, output)`, `forward` takes no `ctx`.

    Source: torch/autograd/function.py.
    """

    node_class: ClassVar[type[FunctionNode]] = FunctionNode

    def __init_subclass__(cls) -> None:
        own = vars(cls)
        if "vjp" in own or ("backward" in own and hasattr(cls, "vjp")):
            cls.backward = _both if "backward" in own else own["vjp"]  # type: ignore[method-assign]  # PyTorch's other name of it
        cls.node_class = type(f"{cls.__name__}Backward", (FunctionNode,), {"function": cls, "__slots__": ()})

    def __init__(self, *_: Any) -> None:
        warnings.warn(
            f"{type(self)} should not be instantiated. Methods on autograd functions are all static, so you should "
            "invoke them on the class itself. Instantiating an autograd function will raise an error in a future "
            "version of PyTorch.",
            DeprecationWarning,
            stacklevel=2,
        )

    def __call__(self, *_: Any) -> NoReturn:
        """Nothing: functions are called by `apply`, on the class.

        Raises: RuntimeError with PyTorch's text.
        """
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd "
            "function with static forward method. (Example: "
            "https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

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
    @with_names
    def apply(cls, *inputs: Any) -> Any:
        """What `forward` gives for the `inputs`, recorded as one node.

        Goal: whatever `forward` does, the graph gets one node for all of it.
        Contract: `cls.node_class(inputs)` makes the node. `cls.run_forward(node, inputs)` gives the result, a tensor or
        a tuple, and is run without recording. Only if operations are recorded where `apply` is called
        (`state.enabled`), and an input needs a gradient, `node.attach(output)` is called for each output, and after
        that `node.keep(outputs)` once with all of them.
        Worked value: with a `forward` of ten multiplications, `Ten.apply(x).grad_fn.next_functions` leads to `x`.
        Source: `THPFunction_apply`, torch/csrc/autograd/python_function.cpp, version 2.13.
        """
        node = cls.node_class(inputs)
        is_recorded = state.enabled and any(node.needs_input_grad)
        # Compute, and record nothing of how.
        with no_grad():
            result = cls.run_forward(node, inputs)
        # The node stands for all that happened.
        if is_recorded:
            outputs = result if isinstance(result, tuple) else (result,)
            for output in outputs:
                node.attach(output)
            node.keep(outputs)
        return result

    @classmethod
    def run_forward(cls, node: FunctionNode, inputs: Sequence[Any]) -> Any:
        """The result of the user's `forward`.

        An argument in it becomes another tensor, lest it lose its history, unless it was changed in place.

        Raises: RuntimeError when an argument that was changed in place is not in it, or is a view and not alone.
        """
        if cls.setup_context is None:
            result = cls.forward(node, *inputs)
        else:
            result = cls.forward(*inputs)
            cls.setup_context(node, inputs, result)
        outputs = result if isinstance(result, tuple) else (result,)
        _count_changes(node.dirty, outputs)
        outputs = _set_aside(node, inputs, outputs)
        return outputs if isinstance(result, tuple) else outputs[0]


def check_results(node: FunctionNode, results: Sequence[Any]) -> None:
    """Refuse what `backward` returned unless it is one gradient per argument, None for one that is no tensor.

    Surplus None is accepted.

    Raises: RuntimeError for another number, for anything but gradients, or for one of an argument that is no tensor.
    Source: `PyNode::apply`, torch/csrc/autograd/python_function.cpp, version 2.13.
    """
    expected = without_surplus(node, results, len(node.is_tensor))
    for place, (result, is_tensor) in enumerate(zip(expected, node.is_tensor, strict=True)):
        if result is not None and not isinstance(result, Tensor):
            raise RuntimeError(f"expected Variable or None (got {type_name(result)})")
        if result is not None and not is_tensor:
            raise RuntimeError(
                f"function {node.name()} returned a gradient different than None at position {place + 1}, but the "
                "corresponding forward input was not a Variable"
            )


def _count_changes(dirty: Sequence[Any], outputs: Sequence[Any]) -> None:
    """Count a change in place of each input that `forward` marked, whether it changed it or not, as PyTorch does.

    Raises: RuntimeError for anything but tensors, for one that is not returned, or a view that is not returned alone.
    Source: `_mark_dirty`, torch/csrc/autograd/python_function.cpp, version 2.13.
    """
    for place, value in enumerate(dirty):
        if not isinstance(value, Tensor):
            raise RuntimeError(  # noqa: TRY004  # as PyTorch, which doesn't say which one
                f"mark_dirty can only accept variables, but argument {place} is of type {type_name(value)}"
            )
        value.version_counter()[0] += 1
    if not all(any(value is output for output in outputs) for value in dirty):
        raise RuntimeError(
            "Some elements marked as dirty during the forward method were not returned as output. The inputs that "
            "are modified inplace must all be outputs of the Function."
        )
    if len(outputs) > 1 and any(isinstance(value, View) for value in dirty):
        raise RuntimeError(
            "If your Function modifies inplace an input that is a view of another Tensor, your Function cannot "
            "return more than one Tensor. This is not supported by the current autograd engine. You should either "
            "make sure the input is not a view (using .clone() for example) or make your Function only return one "
            "Tensor (potentially splitting it into two Functions: one doing the inplace that returns a single "
            "Tensor and a second one that does the other operations). You can ask on the forum "
            "https://discuss.pytorch.org/ if you need help to do this change."
        )


def _set_aside(node: FunctionNode, inputs: Sequence[Any], outputs: Sequence[Any]) -> tuple[Any, ...]:
    """`outputs` with a view in the place of each input that was not changed; views must not be changed from now on."""
    changed = [id(value) for value in node.dirty]
    returned = {id(value) for value in inputs if isinstance(value, Tensor)} - set(changed)
    results = tuple(view(each, tuple(each.shape)) if id(each) in returned else each for each in outputs)
    fresh = [each for each in results if isinstance(each, Tensor) and id(each) not in changed]
    for each in fresh:
        mark_from_function(each)
    if len(results) > 1:
        mark_siblings(fresh)
    return results
