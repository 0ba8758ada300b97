"""AccumulateGrad: the sink at the end of each path, which adds gradients into a leaf's `.grad`.

Source: torch/csrc/autograd/functions/accumulate_grad.h and torch/csrc/autograd/variable.cpp, version 2.13.
"""

from __future__ import annotations

import weakref
from typing import Any

from .accumulation import add_gradient, call_post_accumulate_hooks, keep_gradient
from .hooks import adopt_leaf_hooks
from .node import Node

LAST_SEQUENCE_NR = 2**64 - 1


class AccumulateGrad(Node):
    """The node that receives the gradient of one leaf; it keeps the leaf alive, the leaf does not keep it.

    Source: `struct AccumulateGrad`, torch/csrc/autograd/functions/accumulate_grad.h, version 2.13.
    """

    __slots__ = ("__weakref__", "variable")

    def __init__(self, variable: Any) -> None:
        super().__init__(sequence_nr=LAST_SEQUENCE_NR)
        self.variable = variable
        self.add_input_metadata(variable)
        adopt_leaf_hooks(self, variable)

    def name(self) -> str:
        """The name with its C++ namespace, as PyTorch gives it for this node alone."""
        return "torch::autograd::AccumulateGrad"

    def apply(self, gradient: Any) -> tuple[()]:
        """Add `gradient` to the leaf's `.grad`; nothing is left to send on.

        Goal: many paths and many backward passes end here, and none may be lost.
        Contract: a missing gradient (None), or a leaf whose flag is off by now, leaves `.grad` as it was. The first
        gradient becomes `.grad` by `keep_gradient(gradient, leaf)`, later ones are added: what
        `add_gradient(old, gradient)` returns becomes `.grad`. Then `call_post_accumulate_hooks(leaf)` tells whoever
        asked. Returns `()`.
        Worked value: two calls with 2.0 and 3.0 leave `leaf.grad` at 5.0.
        Source: `AccumulateGrad::apply`, torch/csrc/autograd/functions/accumulate_grad.cpp, version 2.13.
        """
        leaf = self.variable
        # Nothing arrived, or nobody wants it any more.
        if gradient is None or not leaf.requires_grad:
            return ()
        # The first gradient is kept, each later one is added.
        if leaf.grad is None:
            leaf.grad = keep_gradient(gradient, leaf)
        else:
            leaf.grad = add_gradient(leaf.grad, gradient)
        # Tell whoever asked to be told.
        call_post_accumulate_hooks(leaf)
        return ()


def grad_accumulator(tensor: Any) -> AccumulateGrad:
    """The accumulator of the leaf `tensor`: the same one for as long as anything uses it.

    Goal: all edges toward one leaf meet in one node.
    Contract: while a graph or a variable holds the leaf's accumulator, every call returns that object. The leaf
    itself remembers it weakly, in `tensor._accumulator` (None or a `weakref.ref`), so that leaf and accumulator
    don't keep each other alive; once nobody holds it, the next call makes a new one.
    Worked value: both edges of `x * x` lead to one node: `grad_accumulator(x) is grad_accumulator(x)` while held.
    Source: `grad_accumulator`, torch/csrc/autograd/variable.cpp, version 2.13.
    """
    # The one that is still in use, if there is any.
    accumulator = None if tensor._accumulator is None else tensor._accumulator()
    # Otherwise a new one, remembered weakly.
    if accumulator is None:
        accumulator = AccumulateGrad(tensor)
        tensor._accumulator = weakref.ref(accumulator)
    return accumulator
