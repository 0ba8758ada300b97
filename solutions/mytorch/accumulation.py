"""How a leaf's `.grad` is kept and added to.

Source: `AccumulateGrad::accumulateGrad`, torch/csrc/autograd/functions/accumulate_grad.h, version 2.13.
"""

from __future__ import annotations

from typing import Any

from .grad_mode import is_grad_enabled
from .hooks import check_fits


def keep_gradient(gradient: Any, leaf: Any) -> Any:
    """A tensor to keep as the `.grad` of `leaf`: equal to `gradient`, laid out as the leaf, in memory of its own.

    While the backward pass itself is recorded, the copy is recorded too.

    Source: `AccumulateGrad::accumulateGrad`, torch/csrc/autograd/functions/accumulate_grad.h.
    """
    copied = gradient.detach_copy(leaf)
    return copied.copy_(gradient) if is_grad_enabled() and gradient.requires_grad else copied


def add_gradient(before: Any, gradient: Any) -> Any:
    """`before` with `gradient` added: in place, or as a new tensor while the backward pass itself is recorded.

    Source: `AccumulateGrad::accumulateGrad`, torch/csrc/autograd/functions/accumulate_grad.h.
    """
    return before + gradient if is_grad_enabled() else before.add_(gradient)


def call_post_accumulate_hooks(leaf: Any) -> None:
    """Call the hooks that `leaf.register_post_accumulate_grad_hook` registered, in order.

    Raises: RuntimeError for a hook that returns a tensor; TypeError for one that returns anything else.
    Source: torch/csrc/autograd/functions/accumulate_grad.cpp.
    """
    hooks = leaf._post_accumulate_hooks
    if hooks:
        for hook in list(hooks.values()):
            returned = hook(leaf)
            check_fits(hook, leaf, returned)
            if returned is not None:
                raise RuntimeError("Tensor post accumulate grad hooks should return None.")
