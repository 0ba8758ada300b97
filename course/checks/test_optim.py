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


@exercise("optim.move")
def test_decay_pushes_like_a_gradient(torch, see):
    """Weight decay is added to the gradient, and what momentum remembers is the sum of both.

    In which order do decay and momentum have their say?
    """
    weight = torch.tensor([4.0], requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.5, momentum=0.5, weight_decay=0.5)
    weight.grad = torch.tensor([1.0])
    for _ in range(2):
        optimizer.step()
        see.value(weight)


@exercise("optim.move")
def test_each_parameter_has_its_own_momentum(torch, see):
    """Two parameters that roll in opposite directions don't slow each other down.

    `place` tells whose turn it is.
    """
    up, down = torch.tensor([0.0], requires_grad=True), torch.tensor([0.0], requires_grad=True)
    optimizer = torch.optim.SGD([up, down], lr=1.0, momentum=0.5)
    up.grad, down.grad = torch.tensor([-1.0]), torch.tensor([1.0])
    for _ in range(2):
        optimizer.step()
        see.value(up)
        see.value(down)


@exercise("optim.move")
def test_whoever_looks_on_sees_the_step(torch, see):
    """A parameter moves in the memory that it has: whoever shares it sees the step.

    There is an operation that adds in place. Everything else makes a new tensor.
    """
    weight = torch.tensor([1.0], requires_grad=True)
    shared = weight.detach()
    weight.grad = torch.tensor([2.0])
    torch.optim.SGD([weight], lr=0.25).step()
    see.value(shared)


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


@exercise("optim.zero_grad")
def test_an_emptied_gradient_is_a_leaf(torch, see):
    """A gradient that was recorded is in no graph any more, once it is emptied.

    The helper does more than fill it with zeros.
    """
    weight = torch.tensor([1.0], requires_grad=True)
    weight.grad = weight.clone()
    torch.optim.SGD([weight], lr=1.0).zero_grad(set_to_none=False)
    see.grad(weight)
    see.value([weight.grad.is_leaf, weight.grad.requires_grad])
