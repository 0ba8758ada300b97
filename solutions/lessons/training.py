"""Answers of the lesson *Training*: the loop, and a batch that is too big."""

from collections.abc import Callable

import mytorch as torch


def train(
    network: "Callable[[torch.Tensor], torch.Tensor]",
    loss_function: "Callable[[torch.Tensor, torch.Tensor], torch.Tensor]",
    optimizer: torch.optim.SGD,
    x: torch.Tensor,
    y: torch.Tensor,
    steps: int,
) -> list[float]:
    """The losses that a network had while it learned, one before each step.

    Goal: the loop in which everything that you have built plays together.
    Contract: each of `steps` steps computes `loss_function(network(x), y)`, notes the loss as a number, goes backward
    and lets the optimizer step. Each step uses the gradient of its own loss alone, whatever was left behind before.
    Worked value: with one weight at 0, `network(x) = x * weight`, the mean squared error, x = 1, y = 2 and a rate of
    0.25, two steps give `[4.0, 1.0]`.
    """
    losses = []
    for _ in range(steps):
        # A clean page.
        optimizer.zero_grad()
        # There: what does the network say, and how wrong is it?
        loss = loss_function(network(x), y)
        losses.append(loss.item())
        # And back: who is to blame, and by how much?
        loss.backward()
        optimizer.step()
    return losses


def backward_in_parts(
    network: "Callable[[torch.Tensor], torch.Tensor]",
    loss_function: "Callable[[torch.Tensor, torch.Tensor], torch.Tensor]",
    x: torch.Tensor,
    y: torch.Tensor,
    size: int,
) -> float:
    """Leave the gradients of the whole batch, computing at most `size` examples at once; gives the batch's loss.

    Goal: train on batches that are too big for the memory.
    Contract: `loss_function` gives the mean over the examples that it sees. Parts are taken in order, none has more
    than `size` examples; the last one may have fewer. Gradients and result are those of the mean over the whole batch.
    Worked value: with 3 examples and size 2, the loss of the first two counts 2/3, that of the last one 1/3.
    """
    total = 0.0
    for start in range(0, len(x), size):
        # A part, and its share in the whole.
        part, wanted = x[start : start + size], y[start : start + size]
        loss = loss_function(network(part), wanted) * (len(part) / len(x))
        # What goes backward here adds to what the other parts have left.
        loss.backward()
        total += loss.item()
    return total
