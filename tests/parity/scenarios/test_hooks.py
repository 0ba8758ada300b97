"""Section 8: hooks, their order and what they may return."""

import pytest

from autograder import exercise

BAD_TENSOR_HOOKS = {
    "int": lambda torch, gradient: 1,
    "size": lambda torch, gradient: torch.ones(3),
}


@exercise("parity.hooks")
def test_tensor_hooks_run_in_order(torch, see, rng):
    """H1: each sees what the one before left; None keeps it; once a pass, with the total."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    y = x * 3
    seen = []
    y.register_hook(lambda gradient: gradient * 2)
    y.register_hook(lambda gradient: seen.append(gradient.tolist()))
    y.register_hook(lambda gradient: gradient + 1)
    (y * y + y).sum().backward()
    see.value(seen)
    see.grad(x)


@exercise("parity.hooks")
def test_a_removed_hook_is_silent(torch, see):
    """A handle takes its hook out again."""
    x = torch.tensor([2.0], requires_grad=True)
    handle = x.register_hook(lambda gradient: gradient * 100)
    x.exp().backward()
    see.grad(x)
    handle.remove()
    x.exp().backward()
    see.grad(x)


@exercise("parity.hooks")
def test_the_order_at_a_leaf(torch, see):
    """H2: tensor hooks, prehook of the accumulator, accumulating, post-accumulate hook, hook of the accumulator."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    accumulator = y.grad_fn.next_functions[0][0]
    events, shown = [], []
    accumulator.register_hook(lambda results, gradients: events.append(f"node hook {results == ()}"))
    accumulator.register_prehook(lambda gradients: events.append(f"prehook, grad is None: {x.grad is None}"))
    x.register_post_accumulate_grad_hook(lambda leaf: events.append(f"post, leaf: {leaf is x}"))
    x.register_hook(lambda gradient: events.append("tensor hook"))
    x.register_post_accumulate_grad_hook(lambda leaf: shown.append(leaf.grad.tolist()))
    y.backward()
    see.order(events)
    see.value(shown)


@exercise("parity.hooks")
def test_the_order_at_a_node(torch, see):
    """H3: tensor hooks, retained gradient, prehook, the formula, hook, then the next nodes."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    events = []
    y.grad_fn.register_hook(lambda results, gradients: events.append(f"node hook, retained {y.grad.tolist()}"))
    y.grad_fn.register_prehook(lambda gradients: events.append(f"prehook {gradients[0].tolist()}"))
    y.retain_grad()
    y.register_hook(lambda gradient: events.append(f"tensor hook {gradient.tolist()}"))
    y.register_hook(lambda gradient: gradient * 10)
    x.register_hook(lambda gradient: events.append(f"leaf {gradient.tolist()}"))
    (y * 2).backward()
    see.order(events)
    see.grad(y)


@exercise("parity.hooks")
def test_a_node_hook_sees_reduced_gradients(torch, see):
    """H3, B1: one place for each edge, None for an empty one, already summed to the input's shape."""
    x = torch.tensor([2.0], requires_grad=True)
    c = torch.tensor([1.0, 2.0, 3.0])
    y = x * c
    shown = []
    y.grad_fn.register_hook(lambda results, gradients: shown.append((results, gradients)))
    y.sum().backward()
    see.value(shown)


@exercise("parity.hooks")
def test_a_node_hook_replaces_gradients(torch, see):
    """What it returns goes on; a prehook's result goes in."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    z = x * y
    z.grad_fn.register_prehook(lambda gradients: (gradients[0] * 10,))
    z.grad_fn.register_hook(lambda results, gradients: (results[0], results[1] + 1))
    z.backward()
    see.grad(x)
    see.grad(y)


@exercise("parity.hooks")
@pytest.mark.parametrize("name", list(BAD_TENSOR_HOOKS))
def test_a_tensor_hook_that_returns_nonsense(torch, see, name):
    """H4: the wrong type and the wrong size are refused."""
    x = torch.tensor([2.0], requires_grad=True)
    x.register_hook(lambda gradient: BAD_TENSOR_HOOKS[name](torch, gradient))
    with see.raises(text=True):
        (x * 2).backward()


@exercise("parity.hooks")
def test_a_node_hook_that_returns_nonsense(torch, see):
    """H4: no tuple, or one of the wrong length."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * x
    handle = y.grad_fn.register_hook(lambda results, gradients: results[0])
    with see.raises(text=True):
        y.backward(retain_graph=True)
    handle.remove()
    y.grad_fn.register_hook(lambda results, gradients: results[:1])
    with see.raises(text=True):
        y.backward()


@exercise("parity.hooks")
def test_registering_where_no_gradient_comes(torch, see):
    """H4: constants take no hooks, and only leaves take post-accumulate hooks."""
    constant = torch.tensor([2.0])
    x = torch.tensor([2.0], requires_grad=True)
    with see.raises(text=True):
        constant.register_hook(print)
    with see.raises(text=True):
        constant.retain_grad()
    with see.raises(text=True):
        (x * 2).register_post_accumulate_grad_hook(print)


@exercise("parity.hooks")
def test_retained_gradients_are_new_each_time(torch, see):
    """H5: added out of place, unlike a leaf's; a leaf retains nothing."""
    x = torch.tensor([2.0], requires_grad=True)
    x.retain_grad()
    y = x * 3
    y.retain_grad()
    y.backward(retain_graph=True)
    first = y.grad
    y.backward()
    see.identical(y.grad, first)
    see.value(first)
    see.grad(y)
    see.value((x.retains_grad, y.retains_grad))


@exercise("parity.hooks")
def test_an_output_that_nobody_used(torch, see):
    """H6: its hook is called with None, the prehook sees the place empty, and None can't be replaced."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    a, b = x.unbind(0)
    shown = []
    a.register_hook(lambda gradient: shown.append(gradient))
    a.grad_fn.register_prehook(lambda gradients: shown.append(gradients))
    (b * 4).backward()
    see.value(shown)
    see.grad(x)
    a, b = x.unbind(0)
    a.register_hook(lambda gradient: torch.tensor(1.0))
    with see.raises(text=True):
        b.backward()


@exercise("parity.hooks")
def test_which_hooks_grad_runs(torch, see):
    """H7: tensor hooks of the input run and count; hooks of the accumulator and after it don't."""
    x = torch.tensor([2.0], requires_grad=True)
    other = torch.tensor([2.0], requires_grad=True)
    z = other.exp()
    y = x * 3 + z
    events = []
    x.register_hook(lambda gradient: gradient * 10)
    x.register_post_accumulate_grad_hook(lambda leaf: events.append("post"))
    y.grad_fn.next_functions[0][0].next_functions[0][0].register_hook(lambda *both: events.append("accumulator"))
    z.register_hook(lambda gradient: events.append("elsewhere"))
    see.value(torch.autograd.grad(y, x, retain_graph=True))
    see.order(events)
    y.backward(inputs=[x])
    see.order(events)
    see.grad(x)


@exercise("parity.hooks")
def test_hooks_and_changes_in_place(torch, see):
    """H8: hooks stay with the old value, retaining follows the tensor."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    seen = []
    y.register_hook(lambda gradient: seen.append(gradient.tolist()))
    y.retain_grad()
    y.mul_(5)
    (y * 2).backward()
    see.value(seen)
    see.grad(y)
    see.grad(x)


@exercise("parity.hooks")
def test_a_leaf_that_only_nothing_reaches(torch, see):
    """H6: its hook is called with None, and its gradient stays None."""

    class Nothing(torch.autograd.Function):
        @staticmethod
        def forward(ctx, value):
            return value * 2

        @staticmethod
        def backward(ctx, gradient):
            return None

    x = torch.tensor([2.0], requires_grad=True)
    shown = []
    x.register_hook(lambda gradient: shown.append(gradient))
    Nothing.apply(x).backward()
    see.value(shown)
    see.grad(x)


@exercise("parity.hooks")
def test_hooks_of_an_accumulator_are_lost_with_it(torch, see):
    """A6: a new accumulator has none; tensor hooks stay with the leaf."""
    x = torch.tensor([2.0], requires_grad=True)
    events = []
    y = x.exp()
    y.grad_fn.next_functions[0][0].register_hook(lambda *both: events.append("accumulator"))
    x.register_hook(lambda gradient: events.append("tensor"))
    y.backward()
    del y
    x.exp().backward()
    see.order(events)


@exercise("parity.hooks")
@pytest.mark.parametrize("kind", ["register_prehook", "register_hook"])
def test_a_node_hook_that_takes_a_gradient_away(torch, see, kind):
    """None in the place of a gradient is no gradient; only None instead of a tuple keeps all."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x.exp()
    getattr(y.grad_fn, kind)(lambda *gradients: (None,))
    y.sum().backward()
    see.grad(x)


@exercise("parity.hooks")
@pytest.mark.parametrize("kind", ["register_prehook", "register_hook"])
def test_a_node_hook_that_returns_no_tuple(torch, see, kind):
    """Even a single gradient has to come in a tuple."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x.exp()
    getattr(y.grad_fn, kind)(lambda *gradients: torch.ones(2))
    with see.raises(text=True):
        y.sum().backward()
