"""Gradients of gradients."""

import warnings

import pytest
from mytorch.warn_once import warn_once

from tests.reference.conftest import leaf, names


def gradient(torch, y, x):
    """The gradient, recorded."""
    return torch.autograd.grad(y, x, create_graph=True)[0]


def test_the_graph_of_a_gradient(torch):
    """Of `x * x`: the sum of two products; of `x * 2`: nothing."""
    x = leaf(torch)
    g = gradient(torch, x * x, x)
    assert names(g) == [("MulBackward0", 0)] * 2
    assert [(n and n.name(), nr) for n, nr in g.grad_fn.next_functions[0][0].next_functions] == [
        (None, 0),
        ("torch::autograd::AccumulateGrad", 0),
    ]
    assert gradient(torch, x * 2, x).requires_grad is False


def test_the_gradient_of_exp_leads_back_to_exp(torch):
    """The saved result is part of the forward graph."""
    x = leaf(torch)
    y = x.exp()
    g = gradient(torch, y, x)
    assert (names(g), g.grad_fn.next_functions[1][0] is y.grad_fn) == ([(None, 0), ("ExpBackward0", 0)], True)


@pytest.mark.parametrize(
    ("use", "node"),
    [
        ("tanh", "TanhBackwardBackward0"),
        ("sigmoid", "SigmoidBackwardBackward0"),
        ("relu", "ThresholdBackwardBackward0"),
    ],
)
def test_some_gradients_are_operations_of_their_own(torch, use, node):
    """They have nodes with names of their own."""
    x = leaf(torch)
    assert gradient(torch, getattr(x, use)(), x).grad_fn.name() == node


def test_powers_and_broadcasts(torch):
    """A cube has a product with a number; a broadcast ends in a view of a sum."""
    x, m = leaf(torch, [2.0, 3.0]), torch.ones(2, 2, requires_grad=True)
    g = gradient(torch, (leaf_ := leaf(torch)) ** 3, leaf_)
    assert names(g) == [(None, 0), ("MulBackward1", 0)]
    g = gradient(torch, (x * m).sum(), x)
    assert (g.grad_fn.name(), names(g)) == ("ViewBackward0", [("SumBackward1", 0)])


@pytest.mark.parametrize(("order", "value"), [(1, 32.0), (2, 48.0), (3, 48.0), (4, 24.0), (5, 0.0)])
def test_any_order(torch, order, value):
    """The derivatives of x⁴ at 2."""
    x = leaf(torch)
    y = x**4
    for _ in range(order):
        y = gradient(torch, y, x)
    assert y.item() == value


def test_backward_with_create_graph_warns_once_about_the_cycle(reference):
    """Parameter and gradient hold each other."""
    warn_once.cache_clear()
    with pytest.warns(UserWarning, match=r"Using backward\(\) with create_graph=True will create a reference cycle"):
        (leaf(reference) ** 2).backward(create_graph=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (leaf(reference) ** 2).backward(create_graph=True)
