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


@exercise("training.train")
def test_training_begins_with_a_clean_page(torch, see):
    """A gradient that somebody left behind has no say in the first step.

    Zeroing comes once in each step. Where must it stand, so that the first step has it too?
    """
    from lessons.training import train

    weight = torch.tensor([0.0], requires_grad=True)
    weight.grad = torch.tensor([100.0])
    x, y = torch.tensor([1.0]), torch.tensor([2.0])
    see.value(train(lambda x: x * weight, mean_squared_error, torch.optim.SGD([weight], lr=0.25), x, y, 1))
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


@exercise("training.backward_in_parts")
def test_the_network_sees_one_part_at_a_time(torch, see):
    """The network never sees more than `size` examples at once.

    The right gradient is not all: the memory is said to be too small for the whole batch.
    """
    from lessons.training import backward_in_parts

    weight, sizes = torch.tensor([0.5], requires_grad=True), []

    def network(part):
        sizes.append(len(part))
        return part * weight

    x, y = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 4.0, 5.0])
    see.value(backward_in_parts(network, mean_squared_error, x, y, 1))
    see.value(max(sizes))
