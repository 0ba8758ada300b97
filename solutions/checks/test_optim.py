"""Hidden checks of the unit *Training*: the optimizer. Gradients are put there by hand."""

import pytest

from autograder import exercise


def leaves_of(torch, rng, count):
    """That many leaves of two elements."""
    return [torch.tensor(rng.normal(size=2), requires_grad=True) for _ in range(count)]


@exercise("optim.step", points=2)
def test_all_that_have_a_gradient_move(torch, see, rng):
    """Parameters with a gradient move by the rate times it, those without stay, wherever they stand."""
    leaves = leaves_of(torch, rng, 5)
    left_out = {0, int(rng.integers(1, 4))}
    for place, leaf in enumerate(leaves):
        leaf.grad = None if place in left_out else torch.tensor(rng.normal(size=2))
    torch.optim.SGD(leaves, lr=float(rng.uniform(0.1, 1))).step()
    see.value(leaves)


@exercise("optim.step", points=1)
def test_a_step_is_not_recorded(torch, see, rng):
    """After a step parameters are leaves as before, and operations are recorded again as before."""
    (leaf,) = leaves_of(torch, rng, 1)
    leaf.grad = torch.tensor(rng.normal(size=2))
    optimizer = torch.optim.SGD([leaf], lr=0.5)
    optimizer.step()
    see.value([leaf.is_leaf, leaf.requires_grad, torch.is_grad_enabled()])
    optimizer.step()
    see.value(leaf)


@exercise("optim.move", points=2)
@pytest.mark.parametrize("momentum", [0.5, 0.9])
@pytest.mark.parametrize("weight_decay", [0, 0.25])
def test_several_steps(torch, see, rng, momentum, weight_decay):
    """Steps with changing gradients: momentum carries on, and weight decay pulls toward zero."""
    leaves = leaves_of(torch, rng, 2)
    optimizer = torch.optim.SGD(leaves, lr=0.3, momentum=momentum, weight_decay=weight_decay)
    for _ in range(3):
        for leaf in leaves:
            leaf.grad = torch.tensor(rng.normal(size=2))
        optimizer.step()
        see.value(leaves)


@exercise("optim.move", points=1)
def test_the_gradient_is_left_alone(torch, see, rng):
    """A step doesn't change the gradient, and emptying the gradient doesn't change what momentum remembers."""
    (leaf,) = leaves_of(torch, rng, 1)
    optimizer = torch.optim.SGD([leaf], lr=0.5, momentum=0.5, weight_decay=0.1)
    plain = torch.optim.SGD([leaf], lr=0.5, momentum=0.5)
    leaf.grad = torch.tensor(rng.normal(size=2))
    for each in (optimizer, plain, optimizer, plain):
        each.step()
        see.grad(leaf)
    leaf.grad.zero_()
    plain.step()
    see.value(leaf)


@exercise("optim.move", points=1)
def test_parameters_change_in_place(torch, see, rng):
    """Whoever holds the memory of a parameter sees it move."""
    (leaf,) = leaves_of(torch, rng, 1)
    memory = leaf.detach()
    leaf.grad = torch.tensor(rng.normal(size=2))
    torch.optim.SGD([leaf], lr=0.5).step()
    see.value(memory)


@exercise("optim.zero_grad", points=1)
def test_gradients_become_none(torch, see, rng):
    """By default every gradient becomes None, and the tensor that was there is left as it is."""
    leaves = leaves_of(torch, rng, 3)
    kept = torch.tensor(rng.normal(size=2))
    leaves[0].grad = kept
    leaves[2].grad = torch.tensor(rng.normal(size=2))
    torch.optim.SGD(leaves, lr=0.5).zero_grad()
    see.grad(leaves[0])
    see.grad(leaves[1])
    see.grad(leaves[2])
    see.value(kept)


@exercise("optim.zero_grad", points=1)
def test_gradients_become_zeros_in_place(torch, see, rng):
    """With `set_to_none=False` the tensors stay and are emptied; where there is None, None stays."""
    leaves = leaves_of(torch, rng, 3)
    kept = torch.tensor(rng.normal(size=2))
    leaves[0].grad = kept
    leaves[2].grad = torch.tensor(rng.normal(size=2))
    torch.optim.SGD(leaves, lr=0.5).zero_grad(set_to_none=False)
    see.grad(leaves[0])
    see.grad(leaves[1])
    see.grad(leaves[2])
    see.identical(leaves[0].grad, kept)


@exercise("optim.zero_grad", points=1)
def test_an_emptied_gradient_is_in_no_graph(torch, see, rng):
    """With `set_to_none=False` a gradient that was recorded leaves its graph: it requires no gradient any more."""
    (leaf,) = leaves_of(torch, rng, 1)
    leaf.grad = leaf.clone()
    torch.optim.SGD([leaf], lr=0.5).zero_grad(set_to_none=False)
    see.grad(leaf)
    see.value([leaf.grad.is_leaf, leaf.grad.requires_grad])
