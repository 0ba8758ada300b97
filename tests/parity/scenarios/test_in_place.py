"""Sections 1 and 11: operations in place."""

import pytest

from autograder import exercise

IN_PLACE = {
    "add_": lambda y, x: y.add_(x),
    "add_-number": lambda y, x: y.add_(1),
    "sub_": lambda y, x: y.sub_(x),
    "mul_": lambda y, x: y.mul_(x),
    "mul_-number": lambda y, x: y.mul_(3),
    "div_": lambda y, x: y.div_(x),
    "neg_": lambda y, x: y.neg_(),
    "exp_": lambda y, x: y.exp_(),
    "zero_": lambda y, x: y.zero_(),
    "fill_": lambda y, x: y.fill_(1.5),
    "copy_": lambda y, x: y.copy_(x),
}


@exercise("parity.in_place")
@pytest.mark.parametrize("name", list(IN_PLACE))
def test_an_operation_in_place(torch, see, rng, name):
    """The same tensor has a new node, whose first edge leads to the old one; the version rises by one."""
    x = torch.tensor(rng.uniform(0.5, 2, size=3), requires_grad=True)
    w = torch.tensor(rng.uniform(0.5, 2, size=3), requires_grad=True)
    y = w + 1
    see.identical(IN_PLACE[name](y, x), y)
    see.graph(y, x=x, w=w)
    see.count(y._version)
    see.value(y)
    y.backward(torch.tensor(rng.normal(size=3)))
    see.grad(x)
    see.grad(w)


@exercise("parity.in_place")
def test_a_constant_joins_the_graph(torch, see):
    """V2: what was a constant has an empty first edge."""
    x = torch.tensor([2.0], requires_grad=True)
    n = torch.tensor([1.0])
    n.add_(x)
    see.value(n.requires_grad)
    see.graph(n, x=x)
    n.backward()
    see.grad(x)


@exercise("parity.in_place")
def test_augmented_assignment(torch, see):
    """V2: `y *= x` keeps the tensor; `y.mul_(y)` spoils what it saved."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x + 1
    same = y
    y *= x
    see.identical(y, same)
    see.value(y.grad_fn.name())
    y.backward()
    see.grad(x)
    y = x + 1
    y.mul_(y)
    with see.raises(text=True):
        y.backward()


@exercise("parity.in_place")
def test_nothing_is_recorded_but_counted(torch, see):
    """V2: under `no_grad` the node stays, the version rises."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    node = y.grad_fn
    with torch.no_grad():
        y.add_(1)
    see.identical(y.grad_fn, node)
    see.count(y._version)


@exercise("parity.in_place")
def test_assigning_an_element(torch, see):
    """`y[0] = v` is a CopySlices: the old value's gradient has a hole, which is the new element's gradient."""
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    v = torch.tensor(5.0, requires_grad=True)
    y = x * 2
    y[0] = v
    see.value(y.grad_fn.name())
    see.graph(y, x=x, v=v)
    y.backward(torch.tensor([1.0, 10.0, 100.0]))
    see.grad(x)
    see.grad(v)


@exercise("parity.in_place")
def test_changing_a_view_changes_its_base(torch, see, rng):
    """Both have new nodes, and gradients flow through the change."""
    x = torch.tensor(rng.normal(size=(2, 2)), requires_grad=True)
    y = x * 2
    row = y[0]
    row.mul_(3)
    see.value(y)
    see.value((y.grad_fn.name(), row.grad_fn.name()))
    y.sum().backward()
    see.grad(x)


@exercise("parity.in_place")
def test_a_number_assigned_to_all(torch, see):
    """It fills the tensor; a tensor of one element may be assigned to a single place."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    y[0] = torch.tensor([5.0])
    see.graph(y, x=x)
    y[:] = 3.0
    see.graph(y, x=x)
    see.value(y)


@exercise("parity.in_place")
def test_a_view_of_a_constant_whose_base_came_into_the_graph(torch, see):
    """The view requires grad with its base, but counts as a leaf until somebody reads its `grad_fn`."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    base = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).clone()
    row = base[0]
    base.add_(x)
    see.value(row.requires_grad)
    with see.raises(text=True):
        row.add_(1)
    see.value(row.grad_fn.name())
    row.add_(1)
    see.graph(row, x=x)
    see.value(base)


@exercise("parity.in_place")
def test_the_changed_view_follows_at_once(torch, see):
    """After its own change a view is no leaf any more, and may be changed again; another is one until it is read."""
    x = torch.tensor(1.0, requires_grad=True)
    base = torch.tensor([1.0, 2.0]).clone()
    first, second = base[0:1], base[0:1]
    first.add_(x)
    first.tanh_()
    see.graph(first, x=x)
    with see.raises(text=True):
        second.add_(x)
