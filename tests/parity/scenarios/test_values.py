"""Section 12: shapes, kinks and printing."""

import pytest

from autograder import exercise

KINKS = {
    "relu": lambda torch, x: x.relu(),
    "abs": lambda torch, x: x.abs(),
    "maximum": lambda torch, x: torch.maximum(x, torch.zeros_like(x)),
    "maximum-itself": lambda torch, x: torch.maximum(x, x),
    "max": lambda torch, x: x.max(),
    "max-dim": lambda torch, x: x.max(0).values,
    "power-0": lambda torch, x: x**0,
    "repeated-index": lambda torch, x: x[[0, 0, 1]],
    "where-log": lambda torch, x: torch.where(x > 0, x.log(), 0.0),
}
BROADCAST = {
    "row": ((2, 3), (3,)),
    "column": ((2, 3), (2, 1)),
    "scalar": ((2, 3), ()),
    "both": ((2, 1), (1, 3)),
    "more-dimensions": ((3,), (2, 2, 3)),
}


@exercise("parity.values")
@pytest.mark.parametrize("name", list(BROADCAST))
def test_broadcasting_leaves_no_node(torch, see, rng, name):
    """B1: one node with two edges; each leaf's gradient has the leaf's shape."""
    shape, other = BROADCAST[name]
    x = torch.tensor(rng.normal(size=shape), requires_grad=True)
    y = torch.tensor(rng.normal(size=other), requires_grad=True)
    out = x * y
    see.graph(out, x=x, y=y)
    out.sum().backward()
    see.grad(x)
    see.grad(y)


@exercise("parity.values")
@pytest.mark.parametrize("name", list(KINKS))
def test_a_kink(torch, see, name):
    """B2: what counts as the slope where there is none."""
    x = torch.tensor([0.0, 0.0, -1.0], dtype=torch.float64, requires_grad=True)
    KINKS[name](torch, x).sum().backward()
    see.grad(x)


@exercise("parity.values")
def test_mixed_dtypes(torch, see):
    """B3: no node for the cast; the gradient has the leaf's dtype."""
    x = torch.tensor([2.0], dtype=torch.float32, requires_grad=True)
    y = torch.tensor([3.0], dtype=torch.float64, requires_grad=True)
    out = x * y
    see.graph(out, x=x, y=y)
    see.value(out)
    out.backward()
    see.grad(x)
    see.grad(y)
    x.grad = None
    (x * 2).backward(torch.tensor([1.0], dtype=torch.float64))
    see.grad(x)


@exercise("parity.values")
def test_products_of_mixed_dtypes(torch, see):
    """B3: vectors, matrices and batches promote nothing, and each product has its own words for it."""
    v, w = torch.ones(2, requires_grad=True), torch.ones(2, dtype=torch.float64)
    m, n = torch.ones(2, 2, requires_grad=True), torch.ones(2, 2, dtype=torch.int64)
    for product in (lambda: v @ w, lambda: m @ w, lambda: m @ n, lambda: m[None] @ n[None]):
        with see.raises(text=True):
            product()


@exercise("parity.values")
def test_any_shape_with_one_element(torch, see):
    """B4: it is a scalar enough to start from."""
    x = torch.tensor([[2.0]], requires_grad=True)
    (x * x).backward()
    see.grad(x)


@exercise("parity.values")
def test_printing(torch, see):
    """W3: flags and nodes show."""
    x = torch.tensor([2.0], requires_grad=True)
    see.value(repr(x))
    see.value(repr(x * 2))
    see.value(repr(x.detach()))
    see.value(repr(torch.tensor([[1.0, 2.0], [3.0, 4.0]])))
    see.value(repr(torch.tensor([1, 2])))
    see.value(repr(torch.tensor(2.5, dtype=torch.float64)))
    see.value(str(x.shape))
