"""Hidden checks of the unit *AccumulateGrad*. They use `accumulate_grad.py` alone, without graph or engine."""

import weakref

import pytest

from autograder import exercise


@exercise("accumulate_grad.apply", points=1, truth="reference")
@pytest.mark.parametrize("passes", [1, 2, 5])
def test_every_gradient_is_added(torch, see, rng, passes):
    """After each gradient `.grad` holds the sum of all so far."""
    x = torch.tensor(rng.normal(size=3), requires_grad=True)
    accumulator = torch.accumulate_grad.AccumulateGrad(x)
    for _ in range(passes):
        accumulator.apply(torch.tensor(rng.normal(size=3)))
        see.grad(x)


@exercise("accumulate_grad.apply", points=1, truth="reference")
def test_a_gradient_from_before_is_added_to(torch, see, rng):
    """A gradient that the user put there is added to, like any other."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    x.grad = torch.tensor(rng.normal(size=2))
    torch.accumulate_grad.AccumulateGrad(x).apply(torch.tensor(rng.normal(size=2)))
    see.grad(x)


@exercise("accumulate_grad.apply", points=1, truth="reference")
def test_accumulation_begins_anew_after_zeroing(torch, see, rng):
    """After `.grad` was set to None, or zeroed in place, accumulation begins anew."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    accumulator = torch.accumulate_grad.AccumulateGrad(x)
    accumulator.apply(torch.tensor(rng.normal(size=2)))
    x.grad.zero_()
    accumulator.apply(torch.tensor(rng.normal(size=2)))
    see.grad(x)
    x.grad = None
    accumulator.apply(torch.tensor(rng.normal(size=2)))
    see.grad(x)


@exercise("accumulate_grad.apply", points=1, truth="reference")
def test_a_missing_gradient_changes_nothing(torch, see, rng):
    """A missing gradient leaves `.grad` as it was, None or not."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    accumulator = torch.accumulate_grad.AccumulateGrad(x)
    accumulator.apply(None)
    see.grad(x)
    accumulator.apply(torch.tensor(rng.normal(size=2)))
    accumulator.apply(None)
    see.grad(x)


@exercise("accumulate_grad.apply", points=1, truth="reference")
def test_a_leaf_that_is_switched_off_keeps_what_it_has(torch, see, rng):
    """A leaf whose flag is off by now keeps the gradient that it has."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    accumulator = torch.accumulate_grad.AccumulateGrad(x)
    accumulator.apply(torch.tensor(rng.normal(size=2)))
    x.requires_grad_(False)
    accumulator.apply(torch.tensor(rng.normal(size=2)))
    see.grad(x)


@exercise("accumulate_grad.apply", points=2, truth="reference")
def test_the_senders_gradient_is_not_changed(torch, see, rng):
    """A gradient that was handed in is never changed, however many follow."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    accumulator = torch.accumulate_grad.AccumulateGrad(x)
    first, second = torch.tensor(rng.normal(size=2)), torch.tensor(rng.normal(size=2))
    with torch.no_grad():  # as in a backward pass, where gradients are added in place
        accumulator.apply(first)
        accumulator.apply(second)
    see.value(first)
    see.value(second)
    see.grad(x)


@exercise("accumulate_grad.apply", points=1, truth="reference")
def test_whoever_asked_is_told_each_time(torch, see, rng):
    """A post-accumulate hook is called once for each gradient, with the leaf, when `.grad` is up to date."""
    x = torch.tensor(rng.normal(size=1), requires_grad=True)
    seen = []
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append(leaf.grad.tolist()[0]))
    accumulator = torch.accumulate_grad.AccumulateGrad(x)
    accumulator.apply(torch.tensor(rng.normal(size=1)))
    accumulator.apply(torch.tensor(rng.normal(size=1)))
    see.value(seen)


@exercise("accumulate_grad.apply", points=1, truth="reference")
def test_the_path_ends_here(torch, see):
    """An accumulator sends nothing on: it returns the empty tuple."""
    x = torch.tensor([1.0], requires_grad=True)
    see.value(torch.accumulate_grad.AccumulateGrad(x).apply(torch.tensor([1.0])))


@exercise("accumulate_grad.grad_accumulator", points=3, truth="reference")
def test_a_leaf_has_one_accumulator_while_it_is_held(torch, see, rng):
    """As long as somebody holds them, each leaf has one accumulator, and two leaves have two."""
    leaves = [torch.tensor([1.0], requires_grad=True) for _ in range(3)]
    places = [int(place) for place in rng.permutation([0, 0, 0, 1, 1, 2])]
    held = [torch.accumulate_grad.grad_accumulator(leaves[place]) for place in places]
    see.value([held.index(accumulator) for accumulator in held])


@exercise("accumulate_grad.grad_accumulator", points=1, truth="reference")
def test_every_accumulator_feeds_the_leaf_that_was_asked_for(torch, see, rng):
    """The accumulator of a leaf has this leaf as its `variable`, even if others hold equal numbers."""
    leaves = [torch.tensor([1.0], requires_grad=True) for _ in range(4)]
    held = [torch.accumulate_grad.grad_accumulator(leaves[place]) for place in rng.permutation(4)]
    see.value([[accumulator.variable is leaf for leaf in leaves] for accumulator in held])
    see.value([held.index(torch.accumulate_grad.grad_accumulator(leaf)) for leaf in leaves])


@exercise("accumulate_grad.grad_accumulator", points=2, truth="reference")
def test_the_leaf_does_not_keep_its_accumulator_alive(torch, see, rng):
    """An accumulator that nobody holds any more is gone, though its leaf is still there."""
    leaves, held = [], []
    for is_held in rng.permutation([0, 0, 1, 1]):
        leaves.append(torch.tensor([1.0], requires_grad=True))
        accumulator = torch.accumulate_grad.grad_accumulator(leaves[-1])
        reference = weakref.ref(accumulator)
        see.identical(torch.accumulate_grad.grad_accumulator(leaves[-1]), accumulator)
        held.append(accumulator if is_held else None)
        del accumulator
        see.alive(reference)


@exercise("accumulate_grad.grad_accumulator", points=1, truth="reference")
def test_the_accumulator_keeps_its_leaf_alive(torch, see, rng):
    """An accumulator keeps its leaf alive, and the leaf is gone as soon as the accumulator is."""
    held = []
    for is_held in rng.permutation([0, 0, 1, 1]):
        x = torch.tensor([1.0], requires_grad=True)
        leaf = weakref.ref(x)
        accumulator = torch.accumulate_grad.grad_accumulator(x)
        see.identical(torch.accumulate_grad.grad_accumulator(x), accumulator)
        held.append(accumulator if is_held else None)
        del x, accumulator
        see.alive(leaf)
