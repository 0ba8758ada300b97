"""Answers of the lesson *Gradients of gradients*: derivatives of derivatives, and an operation of one's own."""

from collections.abc import Callable

import mytorch as torch


def derivatives(function: "Callable[[torch.Tensor], torch.Tensor]", x: torch.Tensor, order: int) -> list[float]:
    """The value of `function` at `x`, and as many of its derivatives there as `order` says.

    Goal: take the derivative of a derivative, as often as you like.
    Contract: `x` is a leaf of one element, and its `.grad` stays as it is: `torch.autograd.grad` hands its result over.
    A derivative that no longer depends on `x` requires no grad, and those behind it are 0.0.
    Worked value: for `lambda x: x * x * x` at 2.0, order 4 gives `[8.0, 12.0, 12.0, 6.0, 0.0]`.
    """
    value = function(x)
    found = [value.item()]
    for _ in range(order):
        # What does not depend on x has no graph, and no slope.
        if not value.requires_grad:
            found.append(0.0)
            continue
        # The slope is recorded while it is computed, so that it has a slope itself.
        (value,) = torch.autograd.grad(value, x, create_graph=True)
        found.append(value.item())
    return found


class Cube(torch.autograd.Function):
    """The third power as one operation, for `Cube.apply(x)`."""

    @staticmethod
    def forward(ctx: torch.autograd.graph.Node, x: torch.Tensor) -> torch.Tensor:
        """The cube of `x`.

        Goal: compute the result, and keep what its derivative is written with.
        Contract: `ctx.save_for_backward` keeps the argument or the result. Nothing else may be kept: whatever you
        compute here, nobody records.
        Worked value: at 2.0 it is 8.0.
        """
        ctx.save_for_backward(x)
        return x * x * x

    @staticmethod
    def backward(ctx: torch.autograd.graph.Node, gradient: torch.Tensor) -> torch.Tensor:
        """The gradient of `x`, from the gradient of the cube.

        Goal: a formula whose own derivative is right, too.
        Contract: computes with tensors from `ctx.saved_tensors` and with `gradient`, so that all can be recorded.
        Worked value: at 2.0, where 1.0 arrives, it is 12.0.
        """
        (x,) = ctx.saved_tensors
        return gradient * 3 * x * x


def hessian_vector_product(loss: torch.Tensor, leaf: torch.Tensor, vector: torch.Tensor) -> torch.Tensor:
    """How the gradient of `loss` toward `leaf` changes when the leaf moves along `vector`.

    Goal: use the matrix of all second derivatives, the Hessian, without ever making it.
    Contract: the product of the Hessian with `vector`, of the shape of `leaf`. `leaf.grad` stays as it is, and the
    result has no graph.
    Worked value: for the loss `x[0] * x[0] * x[1]` at (2, 3), along (1, 0), it is (6, 4).
    """
    # The gradient, with the graph that it was computed in.
    (gradient,) = torch.autograd.grad(loss, leaf, create_graph=True)
    # Going backward once more, `vector` arrives at each element of it.
    (product,) = torch.autograd.grad(gradient, leaf, vector)
    return product


def newton(function: "Callable[[torch.Tensor], torch.Tensor]", start: float, steps: int) -> list[float]:
    """The places that Newton's method comes to on its way to where `function` has slope 0, one after each step.

    Goal: choose the length of each step by looking at the curve, not by a rate.
    Contract: a step leads from `x` to `x - slope / curvature`, the first and the second derivative at `x`.
    Worked value: for `lambda x: (x - 3) * (x - 3)`, one step from anywhere leads to 3.0.
    """
    places = []
    for _ in range(steps):
        x = torch.tensor(start, requires_grad=True)
        # The slope, recorded; then the slope of the slope.
        (slope,) = torch.autograd.grad(function(x), x, create_graph=True)
        (curvature,) = torch.autograd.grad(slope, x)
        start -= slope.item() / curvature.item()
        places.append(start)
    return places
