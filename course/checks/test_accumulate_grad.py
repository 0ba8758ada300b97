"""Public checks of the unit *AccumulateGrad*. They call accumulators by hand, without the engine."""

import weakref

from autograder import exercise


@exercise("accumulate_grad.apply", truth="reference")
def test_nothing_is_left_to_send_on(torch, see):
    """An accumulator has no edges, so its formula gives no gradients: an empty tuple.

    A function without `return` gives None.
    """
    x = torch.tensor([1.0], requires_grad=True)
    accumulator = torch.accumulate_grad.AccumulateGrad(x)
    see.value(accumulator.apply(None))
    see.value(accumulator.apply(torch.tensor([2.0])))


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
def test_only_what_is_in_grad_counts(torch, see):
    """After `.grad` was set to None, the next gradient stands there alone.

    The sum is in `.grad` and nowhere else: others may empty it at any time.
    """
    x = torch.tensor([1.0], requires_grad=True)
    accumulator = (x * 2).grad_fn.next_functions[0][0]
    accumulator(torch.tensor([2.0]))
    x.grad = None
    accumulator(torch.tensor([3.0]))
    see.grad(x)


@exercise("accumulate_grad.apply")
def test_what_arrives_stays_the_sender_s(torch, see):
    """The gradients that arrived hold the same numbers afterwards.

    `keep_gradient` and `add_gradient` know what may be changed. Does anything else here change a tensor?
    """
    x = torch.tensor([1.0], requires_grad=True)
    accumulator = (x * 2).grad_fn.next_functions[0][0]
    first, second = torch.tensor([2.0]), torch.tensor([3.0])
    with torch.no_grad():  # so it is in a backward pass, where gradients may be added in place
        accumulator(first)
        accumulator(second)
    see.value(first)
    see.value(second)


@exercise("accumulate_grad.apply")
def test_nothing_arrives(torch, see):
    """None in the place of a gradient changes nothing.

    Try both: None as the first that comes, and None after something has come.
    """
    x = torch.tensor([1.0], requires_grad=True)
    accumulator = (x * 2).grad_fn.next_functions[0][0]
    accumulator(None)
    see.grad(x)
    accumulator(torch.tensor([2.0]))
    accumulator(None)
    see.grad(x)


@exercise("accumulate_grad.apply")
def test_who_asked_is_told(torch, see):
    """Whoever asked to be told sees each new state of `.grad`.

    `call_post_accumulate_hooks` tells them. They look at `.grad` at once: what must be done before?
    """
    x = torch.tensor([1.0], requires_grad=True)
    seen = []
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append(leaf.grad.tolist()))
    accumulator = (x * 2).grad_fn.next_functions[0][0]
    accumulator(torch.tensor([2.0]))
    accumulator(torch.tensor([3.0]))
    see.value(seen)


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
    """Two expressions that are alive together lead to the same accumulator, different leaves to different ones.

    The two leaves hold the same number. Each is a leaf of its own all the same.
    """
    x = torch.tensor([3.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    first, second = x.exp(), x * y
    see.graph(first, second, x=x, y=y)


@exercise("accumulate_grad.grad_accumulator", truth="reference")
def test_an_accumulator_that_nobody_holds_is_gone(torch, see):
    """When the last graph is gone, so is the accumulator, though its leaf stays; the next graph gets a new one.

    The accumulator holds the leaf. Were the leaf to hold the accumulator, neither could ever go.
    """
    x = torch.tensor([3.0], requires_grad=True)
    accumulator = torch.accumulate_grad.grad_accumulator(x)
    see.identical(torch.accumulate_grad.grad_accumulator(x), accumulator)
    watcher = weakref.ref(accumulator)
    see.alive(watcher)
    del accumulator
    see.alive(watcher)
    see.identical(torch.accumulate_grad.grad_accumulator(x).variable, x)
