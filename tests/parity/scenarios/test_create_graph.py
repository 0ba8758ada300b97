"""Section 11: gradients of gradients."""

import pytest

from autograder import exercise

FUNCTIONS = {
    "square": lambda torch, x: x * x,
    "cube": lambda torch, x: x**3,
    "exp": lambda torch, x: x.exp(),
    "tanh": lambda torch, x: x.tanh(),
    "sigmoid": lambda torch, x: x.sigmoid(),
    "relu": lambda torch, x: x.relu(),
    "log": lambda torch, x: x.log(),
    "quotient": lambda torch, x: 1 / x,
}


@exercise("parity.create_graph")
@pytest.mark.parametrize("name", list(FUNCTIONS))
def test_the_graph_of_a_gradient(torch, see, rng, name):
    """D1: the gradient has the graph that PyTorch's formula makes, down to nodes of the forward pass."""
    x = torch.tensor(rng.uniform(0.5, 2, size=2), requires_grad=True)
    y = FUNCTIONS[name](torch, x)
    (gradient,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    see.graph(gradient, x=x)
    see.value(gradient)
    gradient.sum().backward()
    see.grad(x)


@exercise("parity.create_graph")
def test_a_gradient_that_depends_on_nothing(torch, see):
    """D1: the slope of `x * 2` requires no grad."""
    x = torch.tensor([2.0], requires_grad=True)
    (gradient,) = torch.autograd.grad(x * 2, x, create_graph=True)
    see.value(gradient.requires_grad)
    see.value(gradient)


@exercise("parity.create_graph")
def test_broadcasting_is_undone_in_the_graph(torch, see):
    """D1: the sum to the input's shape is recorded."""
    x = torch.tensor([2.0], requires_grad=True)
    c = torch.tensor([1.0, 2.0], requires_grad=True)
    gradient, _ = torch.autograd.grad((x * c).sum(), [x, c], create_graph=True)
    see.graph(gradient, x=x, c=c)
    see.value(gradient)


@exercise("parity.create_graph")
def test_the_forward_node_is_used_again(torch, see):
    """D1: the gradient of `exp` leads to the very node of the forward pass."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x.exp()
    (gradient,) = torch.autograd.grad(y, x, create_graph=True)
    see.identical(gradient.grad_fn.next_functions[1][0], y.grad_fn)


@exercise("parity.create_graph")
def test_four_orders(torch, see):
    """Derivatives of `x**5` down to the fourth."""
    x = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    value = x**5
    for _ in range(4):
        (value,) = torch.autograd.grad(value, x, create_graph=True)
        see.value(value)
