"""Views: tensors that show the memory of another one, and stay right when that memory changes in place.

A view knows its base and the steps that lead from the base's array to its own. When the base gets a new history, by a
change in place of the base or of any view, the view's `grad_fn` is made anew: the steps, applied to the base.
Source: `DifferentiableViewMeta`, torch/csrc/autograd/variable.h, version 2.13.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..accumulate_grad import grad_accumulator
from ..grad_mode import state
from ..node import Node
from ..recording import compute_requires_grad, make_node, set_history
from ..saved import operation_name
from ..tensor import Tensor
from .operation import Operation

Steps = tuple[Any, Callable[..., Any], tuple[Any, ...]]  # those before, or None; then the last one and its constants

_SEVERAL = (
    "This view is the output of a function that returns multiple views. Such functions do not allow the output views "
    "to be modified inplace. You should replace the inplace operation by an out-of-place one."
)
_IN_FUNCTION = (
    "This view was created inside a custom Function (or because an input was returned as-is) and the autograd logic to "
    "handle view+inplace would override the custom backward associated with the custom Function, leading to incorrect "
    "gradients. This behavior is forbidden. You can fix this by cloning the output of the custom Function."
)
_AMBIGUOUS = (
    "Given that this use case is ambiguous and error-prone, it is forbidden. You can clarify your code by moving both "
    "the view and the inplace either both inside the no_grad block (if you don't want the inplace to be tracked) or "
    "both outside (if you want the inplace to be tracked)."
)
_grad_fn_slot: Any = Tensor.__dict__["grad_fn"]
_flag_slot: Any = Tensor.__dict__["_requires_grad"]


class View(Tensor):
    """A tensor with the memory of `base`. Source: `DifferentiableViewMeta`, torch/csrc/autograd/variable.h."""

    __slots__ = ("advice", "base", "history_version", "steps")

    def __init__(self, array: Any, source: Tensor, step: tuple[Callable[..., Any], tuple[Any, ...]]) -> None:
        self.base: Tensor = source.base if isinstance(source, View) else source
        self.steps: Steps = (source.steps if isinstance(source, View) else None, *step)
        # What to do instead of a change in place, where that is forbidden, as for all views of such a view.
        inherited = source.advice if isinstance(source, View) else None
        self.advice: str | None = inherited if state.enabled else _AMBIGUOUS
        super().__init__(array)
        self._version_counter = source.version_counter()
        self.history_version = self._version

    @property
    def _base(self) -> Tensor:
        return self.base

    def is_stale(self) -> bool:
        """Whether the base has changed since this view got its history, if either of them has any."""
        return self._version > self.history_version and (self.base._requires_grad or noted_grad_fn(self) is not None)

    @property
    def grad_fn(self) -> Node | None:  # a slot in the base class, for speed
        """The node that made this view, made anew where the base has changed since.

        Raises: RuntimeError where PyTorch doesn't make it anew.
        """
        self.follow_base()
        return noted_grad_fn(self)

    @grad_fn.setter
    def grad_fn(self, node: Node | None) -> None:
        _grad_fn_slot.__set__(self, node)

    @property
    def _requires_grad(self) -> bool:  # likewise
        """Whether this view requires grad, or its base does: be the view recorded or not."""
        return bool(_flag_slot.__get__(self)) or self.base._requires_grad

    @_requires_grad.setter
    def _requires_grad(self, wanted: bool) -> None:
        _flag_slot.__set__(self, wanted)

    def _grad_accumulator(self) -> Any:
        """The accumulator of a view that is a leaf; None where only its base requires grad, whose gradient is lost.

        Source: `grad_accumulator`, torch/csrc/autograd/variable.cpp.
        """
        return grad_accumulator(self) if _flag_slot.__get__(self) else None

    def follow_base(self) -> None:
        """Make the node anew where the base has changed since.

        Raises: RuntimeError where PyTorch doesn't make it anew.
        """
        if self.is_stale():
            self.check_follows("its base or another view of its base has been modified inplace")
            self.history_version = self._version
            take_over(self, make_node(AsStridedBackward0, (self.base,), (self.base.array.shape, self.steps)))

    def check_follows(self, change: str) -> None:
        """Refuse a view whose history can't follow a change in place.

        Raises: RuntimeError with PyTorch's text.
        """
        if self.advice is None:
            return
        node = noted_grad_fn(self)
        view = "A view" if node is None else f"Output {self.output_nr} of {operation_name(node.name())} is a view"
        if node is None or self.advice is _AMBIGUOUS:
            made = "was created" if node is None else "of a view which was created"
            change = f"{made} in no_grad mode and {change} with grad mode enabled"
        else:
            change = f"and {change}"
        raise RuntimeError(f"{view} {change}. {self.advice}")


View.__name__ = View.__qualname__ = "Tensor"  # what messages call every tensor


def mark_siblings(views: Sequence[Any]) -> None:
    """Let none of several views that one operation returned be changed in place.

    Source: `CreationMeta::MULTI_OUTPUT_NODE`, torch/csrc/autograd/variable.h.
    """
    for each in views:
        if isinstance(each, View):
            each.advice = _SEVERAL


def mark_from_function(view: Tensor) -> None:
    """Let a view that a user's function returned not be changed in place.

    Source: `CreationMeta::IN_CUSTOM_FUNCTION`, torch/csrc/autograd/variable.h.
    """
    if isinstance(view, View):
        view.advice = _IN_FUNCTION


def noted_grad_fn(tensor: Tensor) -> Node | None:
    """The node that is noted in `tensor`, which for a view may be that of an older history, or None.

    PyTorch makes a view's `grad_fn` anew when somebody reads it. Where it only asks for leaves it doesn't: a view of a
    constant that has begun to require grad through a change of its base counts as a leaf until its `grad_fn` is read.
    Source: `VariableHooks::is_leaf`, torch/csrc/autograd/variable.cpp, version 2.13.
    """
    node: Node | None = _grad_fn_slot.__get__(tensor)
    return node


def take_over(tensor: Tensor, node: Node) -> None:
    """Make `node` the one that made `tensor` from now on; a retained gradient follows the tensor.

    Source: `rebase_history`, torch/csrc/autograd/variable.cpp.
    """
    before = noted_grad_fn(tensor)
    keep = None if before is None or before._hooks is None else before._hooks.retain.pop(tensor.output_nr, None)
    set_history(tensor, node)
    if keep is not None:
        tensor.keep_gradient_at(node)


class ViewOperation(Operation):
    """An operation whose result shares the memory of its input.

    Source: `as_view`, torch/csrc/autograd/VariableTypeUtils.h.
    """

    @classmethod
    def run(cls, *inputs: Any, constants: tuple[Any, ...] = ()) -> Any:
        """The view: of an array for an array, a `View` (recorded where needed) for a Tensor."""
        (source,) = inputs
        if not isinstance(source, Tensor):
            return cls.forward(source, *constants)
        output = View(cls.compute([source.memory()], constants), source, (cls.forward, constants))
        if compute_requires_grad(source):
            set_history(output, make_node(cls, inputs, constants))
        return output


class AsStridedBackward0(ViewOperation):
    """The steps of a view, applied to its base. Source: `as_strided`, derivatives.yaml."""

    keeps = ("_sizes", "_steps")
    gradients = (lambda grad, sizes, steps: AsStridedBackwardBackward0.run(grad, constants=(sizes, steps)),)

    @staticmethod
    def forward(x: Any, sizes: tuple[int, ...], steps: Steps) -> Any:
        return follow(x, steps)


class AsStridedBackwardBackward0(Operation):
    """Zeros of the base's shape, with the gradient added where the view shows the base.

    Source: `as_strided_backward`, FunctionsManual.cpp.
    """

    keeps = ("_sizes", "_steps")
    gradients = (lambda grad, sizes, steps: AsStridedBackward0.run(grad, constants=(sizes, steps)),)

    @staticmethod
    def forward(grad: Any, sizes: tuple[int, ...], steps: Steps) -> Any:
        numel = math.prod(sizes)
        positions = follow(np.arange(numel).reshape(sizes), steps)
        result = np.zeros(numel, grad.dtype)
        np.add.at(result, positions, grad)
        return result.reshape(sizes)


def follow(array: Any, steps: Steps) -> Any:
    """What a view shows of `array`. Source: `DifferentiableViewMeta`, torch/csrc/autograd/variable.h."""
    pending = []
    rest: Steps | None = steps
    while rest is not None:
        rest, forward, constants = rest
        pending.append((forward, constants))
    for forward, constants in reversed(pending):
        array = forward(array, *constants)
    return array
