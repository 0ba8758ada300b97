"""Mistakes with graphs, gradients and flags.

By name: what is raised, PyTorch's words for it, and how to make it with a module and a leaf of two.
"""

import copy

import numpy as np

from tests.reference.conftest import leaf


def _changed_sum(t, x):
    y = x[None].sum(0)
    z = y * y
    t.no_grad()(y.add_)(1)
    z.sum().backward()


def _twice(y):
    y[0] = 1.0
    y.sum().backward()
    y.sum().backward()


CASES = {
    "freed slices": (RuntimeError, "Trying to backward through the graph a second time", lambda t, x: _twice(x * 2)),
    "non-scalar": (RuntimeError, "grad can be implicitly created only for scalar outputs", lambda t, x: x.backward()),
    "no elements": (
        RuntimeError,
        "grad can be implicitly created only for scalar outputs",
        lambda t, x: t.zeros(0, requires_grad=True).backward(),
    ),
    "no graph": (
        RuntimeError,
        "element 0 of tensors does not require grad and does not have a grad_fn",
        lambda t, x: t.tensor(1.0).backward(),
    ),
    "shape": (
        RuntimeError,
        (
            "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape of "
            "torch.Size([2])."
        ),
        lambda t, x: x.backward(t.ones(3)),
    ),
    "number for gradient": (TypeError, "'float' object is not iterable", lambda t, x: x.backward(3.0)),
    "number in list": (
        TypeError,
        "gradients can be either Tensors or None, but got float",
        lambda t, x: x.sum().backward([1.0]),
    ),
    "list lengths": (
        RuntimeError,
        "got 2 tensors and 1 gradients",
        lambda t, x: t.autograd.backward([x.sum(), x.sum()], [t.tensor(1.0)]),
    ),
    "integer leaf": (
        RuntimeError,
        "Only Tensors of floating point and complex dtype can require gradients",
        lambda t, x: t.tensor([1, 2], requires_grad=True),
    ),
    "integer flag": (
        RuntimeError,
        "only Tensors of floating point dtype can require gradients",
        lambda t, x: t.tensor([1, 2]).requires_grad_(),
    ),
    "integer flag assigned": (
        RuntimeError,
        "only Tensors of floating point and complex dtype can require gradients",
        lambda t, x: setattr(t.tensor([1, 2]), "requires_grad", True),
    ),
    "flag of a computed tensor": (
        RuntimeError,
        "you can only change requires_grad flags of leaf variables.",
        lambda t, x: setattr(x * 2, "requires_grad", True),
    ),
    "flag off, assigned": (
        RuntimeError,
        "If you want to use a computed variable in a subgraph that doesn't require differentiation",
        lambda t, x: setattr(x * 2, "requires_grad", False),
    ),
    "copied in depth": (
        RuntimeError,
        "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.",
        lambda t, x: copy.deepcopy(x * 2),
    ),
    "flag off": (
        RuntimeError,
        (
            "you can only change requires_grad flags of leaf variables. If you want to use a computed variable "
            "in a subgraph "
            "that doesn't require differentiation use var_no_grad = var.detach()."
        ),
        lambda t, x: (x * 2).requires_grad_(False),
    ),
    "grad size": (
        RuntimeError,
        (
            "attempting to assign a gradient of size '[3]' to a tensor of size '[2]'. Please ensure that the "
            "gradient and the "
            "tensor are the same size"
        ),
        lambda t, x: setattr(x, "grad", t.ones(3)),
    ),
    "grad type": (
        TypeError,
        "assigned grad expected to be a Tensor or None but got grad of type float",
        lambda t, x: setattr(x, "grad", 3.0),
    ),
    "own grad": (RuntimeError, "can't assign Variable as its own grad", lambda t, x: setattr(x, "grad", x)),
    "grad dtype": (
        RuntimeError,
        (
            "attempting to assign a gradient with dtype 'double' to a tensor with grad_dtype 'Float'. The gradient "
            "must match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype "
            "attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. Diverging the "
            "dtypes of a tensor and its gradient may break downstream systems that assume they match."
        ),
        lambda t, x: setattr(x, "grad", t.ones(2, dtype=t.float64)),
    ),
    "array divided by a leaf": (
        RuntimeError,
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        lambda t, x: np.ones(2) / x,
    ),
    "numpy": (
        RuntimeError,
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        lambda t, x: x.numpy(),
    ),
    "unused": (
        RuntimeError,
        (
            "The differentiated Tensor at index 0 appears to not have been used in the graph. Set "
            "allow_unused=True if this "
            "is the desired behavior."
        ),
        lambda t, x: t.autograd.grad(x.sum(), leaf(t)),
    ),
    "input without flag": (
        RuntimeError,
        "One of the differentiated Tensors does not require grad",
        lambda t, x: t.autograd.grad(x.sum(), t.tensor(1.0)),
    ),
    "no inputs": (RuntimeError, "`inputs` argument to `grad()` cannot be empty.", lambda t, x: t.autograd.grad(x, [])),
    "no inputs of backward": (
        RuntimeError,
        "`inputs` argument to `backward()` cannot be empty.",
        lambda t, x: x.sum().backward(inputs=[]),
    ),
    "contradiction": (
        ValueError,
        "Expected allow_unused to be True or not passed when materialize_grads=True, but got: allow_unused=False.",
        lambda t, x: t.autograd.grad(x.sum(), x, allow_unused=False, materialize_grads=True),
    ),
    "leaf in place": (
        RuntimeError,
        "a leaf Variable that requires grad is being used in an in-place operation.",
        lambda t, x: x.add_(1),
    ),
    "view in place": (
        RuntimeError,
        "a view of a leaf Variable that requires grad is being used in an in-place operation.",
        lambda t, x: x.__setitem__(0, 1.0),
    ),
    "one of several views": (
        RuntimeError,
        "Output 1 of Unbind is a view and is being modified inplace.",
        lambda t, x: (x * 1).unbind()[1].add_(1),
    ),
    "root": (AssertionError, "Expected output to be a torch.Tensor", lambda t, x: t.autograd.backward([3.0])),
    "input": (
        RuntimeError,
        "all inputs have to be Tensors or GradientEdges, but got int",
        lambda t, x: t.autograd.grad(x.sum(), [3]),
    ),
    "whole numbers as data": (
        RuntimeError,
        "data set to a tensor that requires gradients must be floating point or complex dtype",
        lambda t, x: setattr(x, "data", t.tensor([1, 2])),
    ),
    "gradient edge": (
        RuntimeError,
        "It is not possible to get the gradient edge for a Tensor that does not require gradients",
        lambda t, x: t.autograd.graph.get_gradient_edge(t.tensor(1.0)),
    ),
    "gradient edge of a view made without grad": (
        AssertionError,
        "Expected gradient function to be set",
        lambda t, x: t.autograd.graph.get_gradient_edge(t.no_grad()(lambda: x[0:1])()),
    ),
    "gradient edge of a number": (
        AttributeError,
        "'int' object has no attribute 'requires_grad'",
        lambda t, x: t.autograd.graph.get_gradient_edge(3),
    ),
    "flag": (RuntimeError, "requires_grad must be a bool", lambda t, x: setattr(x, "requires_grad", 1)),
    "data": (TypeError, "Variable data has to be a tensor, but got int", lambda t, x: setattr(x, "data", 3)),
    "zeros for an edge": (
        RuntimeError,
        "materialize_grads cannot be used when the given input is a GradientEdge",
        lambda t, x: t.autograd.grad(
            x.sum(), t.autograd.graph.get_gradient_edge(leaf(t)), materialize_grads=True, allow_unused=True
        ),
    ),
    "view made without grad": (
        RuntimeError,
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this",
        lambda t, x: t.no_grad()(lambda: x[0:1])().add_(1),
    ),
    "one of several made without grad": (
        RuntimeError,
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this",
        lambda t, x: t.no_grad()(lambda: x.unbind()[0])().add_(1),
    ),
    "view of a view made without grad": (
        RuntimeError,
        "Output 0 of Select is a view of a view which was created in no_grad mode and is being modified inplace with",
        lambda t, x: t.no_grad()(lambda: x[0:1])()[0].add_(1),
    ),
    "view of one of several made without grad": (
        RuntimeError,
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled. Given that this",
        lambda t, x: t.no_grad()(x.split(1)[0].view)(1).add_(1),
    ),
    "view that began to require grad": (
        RuntimeError,
        "a view of a leaf Variable that requires grad is being used in an in-place operation.",
        lambda t, x: x.detach().clone()[:1].requires_grad_().add_(1),
    ),
    "changed result of a numbered node": (RuntimeError, ", which is output 0 of Sum1, is at version 1;", _changed_sum),
    "view taken out of its graph": (
        RuntimeError,
        "Can't detach views in-place. Use detach() instead. If you are using DistributedDataParallel (DDP) for",
        lambda t, x: (x * 2)[0].detach_(),
    ),
}
