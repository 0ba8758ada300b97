"""What students may see: a check observes, and the reference says what is right."""

from autograder import exercise


@exercise("moving.average", truth="reference")
def test_each_window_has_its_average(torch, see, rng):
    """There is one average for each window, in order.

    Write down the windows of `[1, 2, 3, 4]` that are two wide.
    """
    see.value(torch.moving_average([1, 2, 3, 4], 2))
