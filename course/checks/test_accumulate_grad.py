"""Public checks of the unit *AccumulateGrad*. They call accumulators by hand, without the engine."""

from autograder import exercise


@exercise("accumulate_grad.apply")
def test_gradients_add_up(torch, see):
    """The first gradient is kept, the second is added to it.

    The node is called *Accumulate*Grad: what is in `.grad` already must not be lost.
    """
    x = torch.tensor([1.0, 1.0], requires_grad=True)
    accumulator = (x * 2).grad_fn.next_functions[0][0]
    see.grad(x)
    accumulator(torch.tensor([2.0, -1.0]))
    see.grad(x)
    accumulator(torch.tensor([3.0, 0.5]))
    see.grad(x)


@exercise("accumulate_grad.apply")
def test_nothing_is_sent_on(torch, see):
    """An accumulator is the end of a path: it returns no gradients."""
    x = torch.tensor([1.0], requires_grad=True)
    accumulator = (x * 2).grad_fn.next_functions[0][0]
    see.value(accumulator(torch.tensor([2.0])))


@exercise("accumulate_grad.apply")
def test_a_switched_off_leaf_is_left_alone(torch, see):
    """A leaf whose flag was switched off after recording gets no gradient."""
    x = torch.tensor([1.0], requires_grad=True)
    accumulator = (x * 2).grad_fn.next_functions[0][0]
    x.requires_grad_(False)
    accumulator(torch.tensor([2.0]))
    see.grad(x)


@exercise("accumulate_grad.grad_accumulator")
def test_both_edges_of_a_square_meet(torch, see):
    """Both edges of `x * x` lead to one and the same accumulator.

    All paths toward a leaf have to meet somewhere. Where could the leaf note that it has an accumulator already?
    """
    x = torch.tensor([3.0], requires_grad=True)
    y = x * x
    see.graph(y, x=x)


@exercise("accumulate_grad.grad_accumulator")
def test_two_expressions_share_a_leaf(torch, see):
    """Two expressions that are alive together lead to the same accumulator, different leaves to different ones."""
    x = torch.tensor([3.0], requires_grad=True)
    y = torch.tensor([4.0], requires_grad=True)
    first, second = x.exp(), x * y
    see.graph(first, second, x=x, y=y)
