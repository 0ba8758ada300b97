"""Public checks of the lesson *Training*."""

from autograder import exercise


def mean_squared_error(output, wanted):
    """The mean of the squared differences."""
    return ((output - wanted) * (output - wanted)).mean()


@exercise("training.train")
def test_the_loss_falls(torch, see):
    """A weight learns to double, and its losses fall as they do in PyTorch.

    Do they fall at first, and then jump about? What is in `.grad` when the second step begins?
    """
    from lessons.training import train

    weight = torch.tensor([0.0], requires_grad=True)
    x, y = torch.tensor([1.0, 2.0]), torch.tensor([2.0, 4.0])
    optimizer = torch.optim.SGD([weight], lr=0.1)
    see.value(train(lambda x: x * weight, mean_squared_error, optimizer, x, y, 4))
    see.value(weight)


@exercise("training.backward_in_parts")
def test_parts_add_up_to_the_whole(torch, see):
    """Three examples, two at a time, leave the gradient and the loss of all three.

    The mean of two means is the mean of all only where both have seen equally many.
    """
    from lessons.training import backward_in_parts

    weight = torch.tensor([0.5], requires_grad=True)
    x, y = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 4.0, 5.0])
    see.value(backward_in_parts(lambda x: x * weight, mean_squared_error, x, y, 2))
    see.grad(weight)
