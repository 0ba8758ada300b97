"""Hidden checks of the unit *Watching gradients*: hooks. They are run by hand, without node or engine."""

import weakref

from autograder import exercise


def gradients_of(torch, rng, count):
    """That many gradients of two elements."""
    return [torch.tensor(rng.normal(size=2)) for _ in range(count)]


@exercise("hooks.run_tensor_hooks", points=2, truth="reference")
def test_each_hook_sees_what_the_one_before_left(torch, see, rng):
    """Hooks of one input run in the order of registration, each on what the one before returned."""
    hooks, seen = torch.hooks.NodeHooks(), []
    for factor in rng.integers(2, 9, size=3).tolist():

        def scale(gradient, factor=factor):
            seen.append(gradient.tolist())
            return gradient * factor + 1

        hooks.register_tensor(0, scale)
    see.value(hooks.run_tensor_hooks(gradients_of(torch, rng, 1)))
    see.value(seen)


@exercise("hooks.run_tensor_hooks", points=1, truth="reference")
def test_each_input_has_its_own_hooks(torch, see, rng):
    """A hook gets the gradient of its own input, None if there is none, and None from a hook keeps what was there."""
    hooks, seen = torch.hooks.NodeHooks(), []
    given = [*gradients_of(torch, rng, 2), None]

    def note(gradient, input_nr):
        seen.append([input_nr, None if gradient is None else gradient.tolist()])

    for input_nr in rng.permutation(3).tolist():
        hooks.register_tensor(input_nr, lambda gradient, nr=input_nr: note(gradient, nr))
        if given[input_nr] is not None:
            hooks.register_tensor(input_nr, lambda gradient, nr=input_nr: gradient * (nr + 2))
    see.value(hooks.run_tensor_hooks(given))
    see.value(sorted(seen, key=lambda report: report[0]))
    see.value(given)


@exercise("hooks.run_tensor_hooks", points=1, truth="reference")
def test_what_is_retained_is_what_is_left(torch, see, rng):
    """The gradient to be retained is the one that all hooks have left, whoever was registered first."""
    hooks, kept = torch.hooks.NodeHooks(), []
    hooks.retain[1] = lambda gradient: kept.append(gradient.tolist())
    hooks.register_tensor(1, lambda gradient: gradient * 3)
    see.value(hooks.run_tensor_hooks(gradients_of(torch, rng, 2)))
    see.value(kept)


@exercise("hooks.run_tensor_hooks", points=1, truth="reference")
def test_a_hook_may_remove_itself(torch, see, rng):
    """A hook that removes itself runs once, and the next one is not skipped."""
    hooks, handles = torch.hooks.NodeHooks(), []

    def once(gradient):
        handles[0].remove()
        return gradient + 1

    handles.append(hooks.register_tensor(0, once))
    hooks.register_tensor(0, lambda gradient: gradient * 2)
    given = gradients_of(torch, rng, 1)
    see.value(hooks.run_tensor_hooks(given))
    see.value(hooks.run_tensor_hooks(given))


@exercise("hooks.retainer", points=1, truth="reference")
def test_every_gradient_is_added(torch, see, rng):
    """What is kept is the sum of all that came; a missing gradient changes nothing."""
    tensor = torch.tensor(rng.normal(size=2))
    keep = torch.hooks.retainer(weakref.ref(tensor))
    for gradient in [None, *gradients_of(torch, rng, 3), None]:
        keep(gradient)
        see.grad(tensor)


@exercise("hooks.retainer", points=2, truth="reference")
def test_nothing_that_was_handed_out_changes(torch, see, rng):
    """Neither the gradients that came nor the `.grad` that somebody took changes later."""
    tensor = torch.tensor(rng.normal(size=2))
    keep = torch.hooks.retainer(weakref.ref(tensor))
    came, taken = gradients_of(torch, rng, 3), []
    for gradient in came:
        keep(gradient)
        taken.append(tensor.grad)
    see.value(taken)
    came[0].zero_()
    see.value(taken)
    see.value(came)


@exercise("hooks.retainer", points=1, truth="reference")
def test_a_retained_tensor_may_go(torch, see, rng):
    """A retainer does not keep its tensor alive, and a gradient that comes too late is ignored."""
    tensor = torch.tensor(rng.normal(size=2))
    reference = weakref.ref(tensor)
    keep = torch.hooks.retainer(reference)
    first, second = gradients_of(torch, rng, 2)
    keep(first)
    see.alive(reference)
    del tensor
    see.alive(reference)
    see.value(keep(second))
