"""Public checks of the unit *Watching gradients*: hooks."""

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
