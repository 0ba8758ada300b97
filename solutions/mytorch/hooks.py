"""Hooks: users' functions that look at gradients on their way, and may replace them.

Order at a node: tensor hooks, `retain_grad`, prehooks, the node, posthooks.
Source: torch/csrc/autograd/python_hook.cpp and engine.cpp (`call_function`), version 2.13.
"""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable
from typing import Any, Self

from .dtypes import type_name

Hook = Callable[..., Any]
_ids = itertools.count()


class RemovableHandle:
    """The right to remove one hook again; also a `with` block that removes it at its end.

    Source: torch/utils/hooks.py, version 2.13.
    """

    def __init__(self, hooks: dict[int, Hook], hook: Hook) -> None:
        self.hooks = hooks
        self.id = next(_ids)
        hooks[self.id] = hook

    def remove(self) -> None:
        """Take the hook out; a second call does nothing."""
        self.hooks.pop(self.id, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()


class NodeHooks:
    """All hooks of one node: by input for tensor hooks and retained gradients, then before and after the node.

    Source: torch/csrc/autograd/python_hook.h.
    """

    __slots__ = ("post", "pre", "retain", "tensor")

    def __init__(self) -> None:
        self.tensor: dict[int, dict[int, Hook]] = {}
        self.retain: dict[int, Hook] = {}
        self.pre: dict[int, Hook] = {}
        self.post: dict[int, Hook] = {}

    def register_tensor(self, input_nr: int, hook: Hook) -> RemovableHandle:
        """Call `hook(gradient)` on what arrives at `input_nr`."""
        return RemovableHandle(self.tensor.setdefault(input_nr, {}), hook)

    def register_pre(self, hook: Hook) -> RemovableHandle:
        """Call `hook(gradients)` before the node."""
        return RemovableHandle(self.pre, hook)

    def register_post(self, hook: Hook) -> RemovableHandle:
        """Call `hook(results, gradients)` after the node."""
        return RemovableHandle(self.post, hook)

    def run_tensor_hooks(self, gradients: list[Any]) -> list[Any]:
        """`gradients` as the tensor hooks leave them, one place per input of the node.

        Goal: let users look at gradients on their way, and replace them.
        Contract: the hooks of an input, `self.tensor[input_nr]`, are called in the order of registration, each with
        what the one before has left: `_replace(hook, before, returned)` tells what that is, and refuses nonsense. A
        hook may remove itself while it runs. Then `self.retain[input_nr]`, where there is one, is called with what is
        left in the end. The list that came in is not changed.
        Worked value: with hooks that add 1 and then double, `[tensor(2.)]` becomes `[tensor(6.)]`.
        Source: `call_tensor_pre_hooks`, torch/csrc/autograd/engine.cpp, version 2.13.
        """
        gradients = list(gradients)
        # Each hook sees what the one before has left; a copy of the list of hooks lets one remove itself.
        for input_nr, hooks in self.tensor.items():
            for hook in list(hooks.values()):
                before = gradients[input_nr]
                gradients[input_nr] = _replace(hook, before, hook(before))
        # What is retained is what is left in the end.
        for input_nr, keep in self.retain.items():
            keep(gradients[input_nr])
        return gradients

    def run_pre_hooks(self, gradients: list[Any]) -> list[Any]:
        """`gradients` as the prehooks leave them."""
        for hook in list(self.pre.values()):
            gradients = _replace_all(hook, gradients, hook(tuple(gradients)))
        return gradients

    def run_post_hooks(self, results: list[Any], gradients: list[Any]) -> list[Any]:
        """`results` as the hooks after the node leave them."""
        for hook in list(self.post.values()):
            results = _replace_all(hook, results, hook(tuple(results), tuple(gradients)))
        return results


def hooks_of(node: Any) -> NodeHooks:
    """The hooks of `node`, made when first asked for. Source: torch/csrc/autograd/python_hook.h."""
    if node._hooks is None:
        node._hooks = NodeHooks()
    hooks: NodeHooks = node._hooks
    return hooks


def retainer(reference: weakref.ref[Any]) -> Hook:
    """A function `keep(gradient)` that adds what it is given to the `_grad` of the tensor behind `reference`.

    Goal: keep the gradient of a computed tensor (`retain_grad`), which otherwise only passes by.
    Contract: the first gradient is kept as a copy, each later one is added out of place: a tensor that was handed out
    as `.grad` never changes. A missing gradient (None) changes nothing, and neither does one that comes when the tensor
    is gone: `reference()` is None then.
    Worked value: after 2.0 and 3.0, `tensor.grad` is 5.0.
    Source: `VariableHooks::retain_grad`, torch/csrc/autograd/variable.cpp, version 2.13.
    """

    def keep(gradient: Any) -> None:
        # The tensor may be gone, the gradient missing.
        tensor = reference()
        if tensor is None or gradient is None:
            return
        # A copy of the first, then sums.
        kept = tensor._grad
        tensor._grad = gradient.clone() if kept is None else kept + gradient

    return keep


def adopt_leaf_hooks(accumulator: Any, leaf: Any) -> None:
    """Let `accumulator` run the tensor hooks of its leaf, which the leaf keeps, since accumulators come and go.

    Source: `tensor_pre_hooks`, torch/csrc/autograd/variable.cpp.
    """
    if leaf._leaf_hooks is not None:
        hooks_of(accumulator).tensor[0] = leaf._leaf_hooks


def _replace_all(hook: Hook, before: list[Any], returned: Any) -> list[Any]:
    """What a hook of a node returned in the place of `before`: a gradient or None for each; None alone keeps all."""
    if returned is None:
        return before
    if not isinstance(returned, tuple):
        raise TypeError(f"expected tuple, but hook returned '{type_name(returned)}'")
    if len(returned) != len(before):
        raise RuntimeError(
            f"hook '{_name(hook)}' has returned an incorrect number of values (got {len(returned)}, "
            f"but expected {len(before)})"
        )
    for old, new in zip(before, returned, strict=True):
        check_fits(hook, old, new)
    return list(returned)


def _replace(hook: Hook, before: Any, returned: Any) -> Any:
    """The gradient after a hook: what it returned, or `before` where it returned None."""
    check_fits(hook, before, returned)
    return before if returned is None else returned


def check_fits(hook: Hook, before: Any, returned: Any) -> None:
    """Refuse what a hook returned unless it can stand in the place of `before`; None always can.

    Raises: TypeError for anything but a tensor; RuntimeError for another dtype or shape, or where no gradient was.
    Source: `check_single_result`, torch/csrc/autograd/python_hook.cpp.
    """
    if returned is None:
        return
    if not hasattr(returned, "grad_fn"):
        raise TypeError(f"expected Variable, but hook returned '{type_name(returned)}'")
    if before is None:
        raise RuntimeError("can't replace a None gradient with a non-None value")
    if returned.dtype != before.dtype:
        kinds = f"was {before.dtype.cpp_tensor_type} got {returned.dtype.cpp_tensor_type}"
        raise RuntimeError(f"hook '{_name(hook)}' has changed the type of value ({kinds})")
    if returned.shape != before.shape:
        raise RuntimeError(f"hook '{_name(hook)}' has changed the size of value")


def _name(hook: Hook) -> str:
    return getattr(hook, "__name__", "<unknown>")
