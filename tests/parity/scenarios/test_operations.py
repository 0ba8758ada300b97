"""Section 1: the names of operations, their edges, and what they compute, forward and backward."""

import pytest

from autograder import exercise

OPERATIONS = {
    "x+y": lambda torch, x, y, c: x + y,
    "add-alpha": lambda torch, x, y, c: torch.add(x, y, alpha=2),
    "x+1": lambda torch, x, y, c: x + 1,
    "1+x": lambda torch, x, y, c: 1 + x,
    "x+True": lambda torch, x, y, c: x + True,
    "x+c": lambda torch, x, y, c: x + c,
    "c+x": lambda torch, x, y, c: c + x,
    "x-y": lambda torch, x, y, c: x - y,
    "x-1": lambda torch, x, y, c: x - 1,
    "c-x": lambda torch, x, y, c: c - x,
    "1-x": lambda torch, x, y, c: 1 - x,
    "rsub": lambda torch, x, y, c: torch.rsub(x, y),
    "x*y": lambda torch, x, y, c: x * y,
    "x*x": lambda torch, x, y, c: x * x,
    "x*2": lambda torch, x, y, c: x * 2,
    "2*x": lambda torch, x, y, c: 2 * x,
    "c*x": lambda torch, x, y, c: c * x,
    "x*c": lambda torch, x, y, c: x * c,
    "x/y": lambda torch, x, y, c: x / y,
    "x/2": lambda torch, x, y, c: x / 2,
    "c/x": lambda torch, x, y, c: c / x,
    "2/x": lambda torch, x, y, c: 2 / x,
    "neg": lambda torch, x, y, c: -x,
    "x**2": lambda torch, x, y, c: x**2,
    "x**3": lambda torch, x, y, c: x**3,
    "x**y": lambda torch, x, y, c: x**y,
    "c**x": lambda torch, x, y, c: c**x,
    "x**c": lambda torch, x, y, c: x**c,
    "2**x": lambda torch, x, y, c: 2**x,
    "exp": lambda torch, x, y, c: x.exp(),
    "log": lambda torch, x, y, c: x.log(),
    "tanh": lambda torch, x, y, c: x.tanh(),
    "sigmoid": lambda torch, x, y, c: x.sigmoid(),
    "relu": lambda torch, x, y, c: (x - 1).relu(),
    "sqrt": lambda torch, x, y, c: x.sqrt(),
    "abs": lambda torch, x, y, c: (x - 1).abs(),
    "sin": lambda torch, x, y, c: x.sin(),
    "cos": lambda torch, x, y, c: x.cos(),
    "reciprocal": lambda torch, x, y, c: x.reciprocal(),
    "clone": lambda torch, x, y, c: x.clone(),
    "square": lambda torch, x, y, c: x.square(),
    "dot": lambda torch, x, y, c: torch.dot(x, y),
    "max": lambda torch, x, y, c: x.max(),
    "max-0": lambda torch, x, y, c: x.max(0).values,
    "maximum": lambda torch, x, y, c: torch.maximum(x, y),
    "max-of-two": lambda torch, x, y, c: torch.max(x, y),
    "where": lambda torch, x, y, c: torch.where(c > 1, x, y),
    "where-number": lambda torch, x, y, c: torch.where(c > 1, x, 0.0),
    "double": lambda torch, x, y, c: x.to(torch.float32).double(),
    "sum": lambda torch, x, y, c: x.sum(),
    "sum-0": lambda torch, x, y, c: x.sum(0),
    "mean": lambda torch, x, y, c: x.mean(),
    "mean-0": lambda torch, x, y, c: x.mean(0),
    "v@w": lambda torch, x, y, c: x @ y,
    "reshape": lambda torch, x, y, c: x.reshape(3, 1),
    "chain": lambda torch, x, y, c: ((x * y + c).tanh() / (x.exp() + 1)).sum(),
}
MATRICES = {
    "M@N": lambda m, n, v: m @ n,
    "M@v": lambda m, n, v: m @ v,
    "v@M": lambda m, n, v: v @ m,
    "sum": lambda m, n, v: m.sum(),
    "sum-0": lambda m, n, v: m.sum(0),
    "sum-1": lambda m, n, v: m.sum(1),
    "mean-1": lambda m, n, v: m.mean(1),
    "reshape": lambda m, n, v: m.reshape(4),
    "M*v": lambda m, n, v: m * v,
    "M+0d": lambda m, n, v: m + v.sum(),
    "mm": lambda m, n, v: m.mm(n),
    "mv": lambda m, n, v: m.mv(v),
    "M@N-of-constants": lambda m, n, v: m @ n.detach(),
    "network": lambda m, n, v: (n @ (m @ v).tanh()).sigmoid().sum(),
}


@exercise("parity.operations")
@pytest.mark.parametrize("name", list(OPERATIONS))
def test_an_operation_on_vectors(torch, see, rng, name):
    """An operation's graph, value and gradients."""
    x = torch.tensor(rng.uniform(0.5, 2, size=3), requires_grad=True)
    y = torch.tensor(rng.uniform(0.5, 2, size=3), requires_grad=True)
    c = torch.tensor(rng.uniform(0.5, 2, size=3))
    out = OPERATIONS[name](torch, x, y, c)
    see.graph(out, x=x, y=y)
    see.value(out)
    out.backward(torch.tensor(rng.normal(size=tuple(out.shape))))
    see.grad(x)
    see.grad(y)
    see.grad(c)


@exercise("parity.operations")
@pytest.mark.parametrize("name", list(MATRICES))
def test_an_operation_on_matrices(torch, see, rng, name):
    """The same for matrices, with broadcasting."""
    m = torch.tensor(rng.normal(size=(2, 2)), requires_grad=True)
    n = torch.tensor(rng.normal(size=(2, 2)), requires_grad=True)
    v = torch.tensor(rng.normal(size=2), requires_grad=True)
    out = MATRICES[name](m, n, v)
    see.graph(out, m=m, n=n, v=v)
    see.value(out)
    out.backward(torch.tensor(rng.normal(size=tuple(out.shape))))
    see.grad(m)
    see.grad(n)
    see.grad(v)


@exercise("parity.operations")
@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_a_result_has_the_dtype_of_its_operands(torch, see, kind):
    """Values and gradients keep the leaf's dtype."""
    x = torch.tensor([0.5, 1.5], dtype=getattr(torch, kind), requires_grad=True)
    out = (x * 3 + 1).exp().sum()
    see.value(out)
    out.backward()
    see.grad(x)


@exercise("parity.operations")
def test_some_operations_record_nothing(torch, see):
    """Comparisons, `detach` and operations on constants have no graph."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    c = torch.tensor([1.0, 2.0])
    see.graph(x > 1)
    see.graph(x.detach())
    see.graph(c * 2 + c)
    see.graph(x, x=x)
    see.graph(torch.zeros_like(x))
    see.value(x.argmax())
    see.value(x.argmax().requires_grad)
    see.identical(+x, x)
    see.identical(x.contiguous(), x)
    see.identical(x.to(torch.float32), x)


class Foreign:
    """Something that knows what to do with tensors, of which tensors know nothing."""

    __hash__ = None

    def _answer(self, other):
        return "its own answer"

    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rpow__ = __rmatmul__ = __gt__ = __eq__ = _answer


@exercise("parity.operations")
@pytest.mark.parametrize("symbol", ["+", "-", "*", "/", "**", "@", "<", "=="])
def test_an_operand_that_tensors_know_nothing_of(torch, see, symbol):
    """It is asked itself."""
    see.value(eval(f"x {symbol} foreign", {"x": torch.ones(2), "foreign": Foreign()}))


@exercise("parity.operations")
def test_nothing_equals_none(torch, see):
    """A tensor is compared with None as any object is."""
    see.value((torch.ones(2) == None, torch.ones(2) != None))  # noqa: E711  # the operator is what is tested


@exercise("parity.operations")
def test_the_power_of_zero(torch, see):
    """The slope of `0 ** x` is 0, for negative x minus infinity."""
    x = torch.tensor([-1.0, 0.0, 1.0], requires_grad=True)
    (0**x).sum().backward()
    see.grad(x)
