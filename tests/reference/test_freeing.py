"""What a backward pass frees, and what keeps what alive."""

import gc
import weakref

import pytest

from tests.reference.conftest import leaf

FREED = "Trying to backward through the graph a second time"


@pytest.fixture(autouse=True)
def _without_garbage_collector():
    gc.disable()
    yield
    gc.enable()


SAVES_NOTHING = {
    "add": lambda t, x: x + x,
    "sub": lambda t, x: x - x,
    "rsub": lambda t, x: 1 - x,
    "neg": lambda t, x: -x,
    "sum": lambda t, x: x.sum(),
    "mean": lambda t, x: x.mean(),
    "reshape": lambda t, x: x.reshape(4),
    "clone": lambda t, x: x.clone(),
    "select": lambda t, x: x[0],
    "cat": lambda t, x: t.cat([x, x]),
    "expand": lambda t, x: x.expand(3, 2, 2),
    "unbind": lambda t, x: x.unbind()[0],
    "t": lambda t, x: x.t(),
}
SAVES = {
    "mul": lambda t, x: x * 2,
    "div": lambda t, x: x / x,
    "pow": lambda t, x: x**2,
    "exp": lambda t, x: x.exp(),
    "log": lambda t, x: x.log(),
    "tanh": lambda t, x: x.tanh(),
    "sigmoid": lambda t, x: x.sigmoid(),
    "relu": lambda t, x: x.relu(),
    "abs": lambda t, x: x.abs(),
    "where": lambda t, x: t.where(x > 0, x, x),
    "maximum": lambda t, x: t.maximum(x, x),
    "max": lambda t, x: x.max(),
    "index": lambda t, x: x[[0, 1]],
    "matmul": lambda t, x: x @ x,
}


@pytest.mark.parametrize("name", SAVES_NOTHING)
def test_a_second_pass_is_fine_where_nothing_was_saved(torch, name):
    """These formulas need no value of the forward pass."""
    y = SAVES_NOTHING[name](torch, leaf(torch, [[1.0, 2.0], [3.0, 4.0]]))
    for _ in range(2):
        y.backward(torch.ones_like(y))


@pytest.mark.parametrize("name", SAVES)
def test_a_second_pass_needs_retain_graph_where_something_was_saved(torch, name):
    """Also where it was only a number."""
    y = SAVES[name](torch, leaf(torch, [[1.0, 2.0], [3.0, 4.0]]))
    y.backward(torch.ones_like(y), retain_graph=True)
    y.backward(torch.ones_like(y))
    with pytest.raises(RuntimeError, match=FREED):
        y.backward(torch.ones_like(y))


def test_a_failing_second_pass_keeps_what_had_arrived(torch):
    """It is no transaction."""
    a, b = leaf(torch), leaf(torch)
    o = a * a + b
    o.backward()
    with pytest.raises(RuntimeError, match=FREED):
        o.backward()
    assert (a.grad.item(), b.grad.item()) == (4.0, 2.0)


def test_only_nodes_that_ran_are_freed(torch):
    """A pass toward `x` leaves the other branch usable."""
    x, w = leaf(torch), leaf(torch)
    z, q = x * x, w * w
    torch.autograd.grad(z * q, x)
    with pytest.raises(RuntimeError, match=FREED):
        z.backward()
    q.backward()
    assert w.grad.item() == 4.0


def test_create_graph_keeps_the_graph_unless_told_otherwise(torch):
    """`retain_graph` follows `create_graph` where it isn't given."""
    x = leaf(torch)
    y = x * x
    torch.autograd.grad(y, x, create_graph=True)
    torch.autograd.grad(y, x, create_graph=True, retain_graph=False)
    with pytest.raises(RuntimeError, match=FREED):
        torch.autograd.grad(y, x)


def test_no_operation_makes_a_cycle(torch):
    """A result that is saved by its own node goes with its last reference."""
    x = leaf(torch)
    for make in (x.exp, x.sigmoid, lambda: x**x, x.reciprocal, lambda: x * x * x):
        result = make()
        gone = weakref.ref(result)
        del result
        assert gone() is None


def test_addition_keeps_no_operand_multiplication_does(torch):
    """Until its backward pass frees it."""
    x = leaf(torch)
    y = x * 3
    gone, z = weakref.ref(y), y + 1
    del y
    assert gone() is None
    y = x * 3
    kept, z = weakref.ref(y), y * y
    del y
    assert kept() is not None
    z.backward()
    assert kept() is None


def test_detached_tensors_and_numbers_hold_no_graph(torch):
    """A loss kept as a number keeps nothing else."""
    x = leaf(torch)
    y = x * 3
    z = y * y
    gone = weakref.ref(y)
    kept, number = z.detach(), z.item()
    del y, z
    assert gone() is None
    assert kept.item() == number


def test_a_pass_leaves_nothing_behind(torch):
    """After a training step all tensors between the leaves and the loss are gone."""
    w = leaf(torch, [1.0, 2.0])
    x = torch.tensor([3.0, 4.0])
    h = (w * x).tanh()
    loss = (h * h).sum()
    loss.backward()
    gone = [weakref.ref(h), weakref.ref(loss)]
    del h, loss
    assert [each() for each in gone] == [None, None]
