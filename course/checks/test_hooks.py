"""Public checks of the unit *Watching gradients*: hooks."""

import weakref

from autograder import exercise


@exercise("hooks.run_tensor_hooks")
def test_what_a_hook_returns_goes_on(torch, see):
    """The second hook sees what the first returned, and so does everything behind.

    `_replace` tells which gradient holds after a hook. Who has to get it next?
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    seen = []
    y.register_hook(lambda gradient: gradient * 10)
    y.register_hook(lambda gradient: seen.append(gradient.tolist()))
    y.backward()
    see.value(seen)
    see.grad(x)


@exercise("hooks.run_tensor_hooks")
def test_a_hook_that_has_enough(torch, see):
    """A hook that removes itself when it runs has run once, and the hook behind it still runs.

    While you walk a dictionary, nobody may take anything out of it. What could you walk instead?
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    seen = []

    def once(gradient):
        seen.append("once")
        handle.remove()

    handle = y.register_hook(once)
    y.register_hook(lambda gradient: seen.append("always"))
    y.backward(retain_graph=True)
    y.backward()
    see.order(seen)


@exercise("hooks.run_tensor_hooks", truth="reference")
def test_the_list_that_came_stays_as_it_was(torch, see):
    """New gradients come in a new list, and the old list is left alone.

    It belongs to the caller, who may still need it.
    """
    hooks, gradients = torch.hooks.NodeHooks(), [torch.tensor([2.0])]
    hooks.register_tensor(0, lambda gradient: gradient * 10)
    see.value(hooks.run_tensor_hooks(gradients))
    see.value(gradients)


@exercise("hooks.run_tensor_hooks")
def test_what_hooks_have_made_is_retained(torch, see):
    """`retain_grad` keeps what the tensor's hooks have made of the gradient.

    Two things are to be done for each input. Which of them comes first?
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    y.retain_grad()
    y.register_hook(lambda gradient: gradient * 10)
    y.backward()
    see.grad(y)


@exercise("hooks.retainer")
def test_a_computed_tensor_keeps_its_gradient(torch, see):
    """After `retain_grad` a computed tensor has a gradient, which grows from pass to pass.

    It grows like a leaf's, but out of place: what you were handed out stays as it was.
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    y.retain_grad()
    loss = y + 1
    loss.backward(retain_graph=True)
    first = y.grad
    see.value(first)
    loss.backward()
    see.grad(y)
    see.value(first)


@exercise("hooks.retainer")
def test_what_is_retained_is_one_s_own(torch, see):
    """The gradient that was retained is no longer the sender's: emptying the one leaves the other.

    The first gradient that comes is somebody else's tensor.
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    y.retain_grad()
    sent = torch.tensor([5.0])
    y.backward(sent)
    sent.zero_()
    see.grad(y)


@exercise("hooks.retainer")
def test_retaining_holds_nobody(torch, see):
    """A tensor with `retain_grad` is gone when nobody needs it, although its node stays.

    The retainer is told how to find the tensor. When should it look?
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    y.retain_grad()
    out, watcher = y + 1, weakref.ref(y)
    del y
    see.alive(watcher)
    out.backward()
    see.grad(x)
