"""Public checks of the unit *Training*: the optimizer."""

from autograder import exercise


@exercise("optim.step")
def test_a_step_goes_downhill(torch, see):
    """Each parameter with a gradient moves against it, stays a leaf, and the others stay where they are.

    A leaf that requires grad may not be changed in place while operations are recorded.
    """
    first = torch.tensor([1.0, 2.0], requires_grad=True)
    second = torch.tensor([3.0], requires_grad=True)
    first.grad = torch.tensor([2.0, -4.0])
    torch.optim.SGD([second, first], lr=0.5).step()
    see.value(first)
    see.value(second)
    see.value(first.is_leaf)


@exercise("optim.move")
def test_momentum_keeps_rolling(torch, see):
    """With momentum, earlier gradients go on pushing.

    The first step is an ordinary one. What must be kept of it for the second?
    """
    weight = torch.tensor([1.0], requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=1.0, momentum=0.5)
    weight.grad = torch.tensor([1.0])
    for _ in range(3):
        optimizer.step()
        see.value(weight)
    see.grad(weight)


@exercise("optim.zero_grad")
def test_gradients_are_forgotten(torch, see):
    """Gradients become None, or zeros in the same tensor.

    Somebody else may hold the gradient's tensor: with `set_to_none=False` it is emptied, not replaced.
    """
    weight = torch.tensor([1.0], requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=1.0)
    gradient = torch.tensor([2.0])
    weight.grad = gradient
    optimizer.zero_grad(set_to_none=False)
    see.grad(weight)
    see.value(gradient)
    optimizer.zero_grad()
    see.grad(weight)
