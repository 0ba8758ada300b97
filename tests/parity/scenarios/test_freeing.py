"""Section 7: what lives how long, and what a second pass over a graph finds."""

import weakref

import pytest

from autograder import exercise

NOTHING_SAVED = {
    "add": lambda torch, x, y: x + y,
    "sub": lambda torch, x, y: x - y,
    "rsub": lambda torch, x, y: 1 - x,
    "neg": lambda torch, x, y: -x,
    "sum": lambda torch, x, y: x.sum(),
    "mean": lambda torch, x, y: x.mean(),
    "reshape": lambda torch, x, y: x.reshape(2, 1),
    "clone": lambda torch, x, y: x.clone(),
    "select": lambda torch, x, y: x[0],
    "cat": lambda torch, x, y: torch.cat([x, y]),
    "expand": lambda torch, x, y: x.expand(2, 2),
    "unbind": lambda torch, x, y: x.unbind(0)[0],
    "t": lambda torch, x, y: x.reshape(1, 2).t(),
}
SAVED = {
    "mul": lambda torch, x, y: x * y,
    "mul-number": lambda torch, x, y: x * 2,
    "div": lambda torch, x, y: x / y,
    "pow": lambda torch, x, y: x**2,
    "exp": lambda torch, x, y: x.exp(),
    "log": lambda torch, x, y: x.log(),
    "tanh": lambda torch, x, y: x.tanh(),
    "sigmoid": lambda torch, x, y: x.sigmoid(),
    "relu": lambda torch, x, y: x.relu(),
    "abs": lambda torch, x, y: x.abs(),
    "where": lambda torch, x, y: torch.where(x > 1, x, y),
    "maximum": lambda torch, x, y: torch.maximum(x, y),
    "max": lambda torch, x, y: x.max(),
    "index": lambda torch, x, y: x[[0, 1]],
    "matmul": lambda torch, x, y: x @ y,
}


@exercise("parity.freeing")
@pytest.mark.parametrize("name", [*NOTHING_SAVED, *SAVED])
def test_a_second_pass(torch, see, name):
    """F1: works where nothing was saved, and is refused where saved values are gone."""
    x = torch.tensor([1.5, 0.5], requires_grad=True)
    y = torch.tensor([2.0, 3.0], requires_grad=True)
    out = {**NOTHING_SAVED, **SAVED}[name](torch, x, y)
    gradient = torch.ones_like(out)
    out.backward(gradient)
    with see.raises(text=True):
        out.backward(gradient)
    see.grad(x)


@exercise("parity.freeing")
def test_a_second_pass_that_fails_half_way(torch, see):
    """F2: what had arrived by then stays."""
    a = torch.tensor([2.0], requires_grad=True)
    b = torch.tensor([3.0], requires_grad=True)
    out = a * a + b
    out.backward()
    with see.raises():
        out.backward()
    see.grad(a)
    see.grad(b)


@exercise("parity.freeing")
def test_only_what_ran_is_freed(torch, see):
    """F3: a path that a restricted pass left alone can still be used."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    z, q = x.exp(), y.exp()
    out = z + q
    torch.autograd.grad(out, x)
    with see.raises(text=True):
        z.backward()
    q.backward()
    see.grad(y)


@exercise("parity.freeing")
def test_a_recorded_pass_retains_unless_told(torch, see):
    """D1: `create_graph=True` keeps the graph, except with `retain_graph=False`."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * x
    torch.autograd.grad(y, x, create_graph=True)
    torch.autograd.grad(y, x, create_graph=True, retain_graph=False)
    with see.raises(text=True):
        torch.autograd.grad(y, x)


@exercise("parity.freeing")
def test_values_die_when_nobody_needs_them(torch, see):
    """F5: by reference count alone; an addition saves nothing, a product keeps its operands until the pass."""
    x = torch.tensor([2.0], requires_grad=True)
    alone = x.exp()
    result = weakref.ref(alone)
    del alone
    see.alive(result)
    y = x * 3
    operand, z = weakref.ref(y), y + 1
    del y
    see.alive(operand)
    y = x * 3
    operand, z = weakref.ref(y), y * y
    del y
    see.alive(operand)
    z.backward()
    see.alive(operand)


@exercise("parity.freeing")
def test_detached_values_hold_no_graph(torch, see):
    """F5: `detach()` and `item()` let the graph go."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    z = y * 1
    operand, kept, number = weakref.ref(y), z.detach(), z.item()
    del y, z
    see.alive(operand)
    see.value((kept, number))


@exercise("parity.freeing")
def test_a_graph_keeps_its_shape(torch, see):
    """A4: after the pass names and edges are there, saved values are not."""
    x = torch.tensor([2.0], requires_grad=True)
    out = (x * x).exp() + 1
    out.backward()
    see.graph(out, x=x)
    with see.raises(text=True):
        out.backward()


@exercise("parity.freeing")
@pytest.mark.parametrize("hook", ["tensor", "pre", "post", "nonsense"])
def test_a_pass_that_a_hook_ends(torch, see, hook):
    """H3: what the node has saved is still there, and the engine works as before."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    seen = []

    def refuse(*gradients):
        seen.append(y.grad_fn._saved_self.tolist())
        raise ValueError("refused")

    handle = {
        "tensor": lambda: y.register_hook(refuse),
        "pre": lambda: y.grad_fn.register_prehook(refuse),
        "post": lambda: y.grad_fn.register_hook(refuse),
        "nonsense": lambda: y.grad_fn.register_hook(lambda results, gradients: (1, 2)),
    }[hook]()
    with see.raises(text=True):
        y.sum().backward()
    handle.remove()
    y.sum().backward()
    see.value(seen)
    see.grad(x)


@exercise("parity.freeing")
def test_a_hook_behind_a_node_may_read_what_it_saved(torch, see):
    """F1: it is freed after the hooks."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    y.grad_fn.register_hook(lambda results, gradients: see.value(y.grad_fn._saved_self))
    y.sum().backward()
    with see.raises(text=True):
        y.grad_fn._saved_self  # noqa: B018  # reading it is what is tried
