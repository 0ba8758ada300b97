"""Every operation on every pair of dtypes, on PyTorch and on the reference: value, node, gradients, or what is said."""

from itertools import product
from types import ModuleType
from typing import Any

import mytorch
import pytest

DTYPES = ("float32", "float64", "int64", "bool")

# On vectors, and on tensors without dimensions.
OF_ONE = (
    "-x", "+x", "~x", "abs(x)", "x.exp()", "x.log()", "x.tanh()", "x.sigmoid()", "x.relu()", "x.sqrt()", "x.sin()",
    "x.cos()", "x.reciprocal()", "x.square()", "x.clone()", "x.sum()", "x.sum(0)", "x.mean()", "x.mean(0)", "x.max()",
    "x.min(0).values", "x.argmax()", "x.argmin(0)", "x.all()", "x.any()", "x.isnan()", "x.double()", "x.float()",
    "x.long()", "x.bool()", "x.clone().neg_()", "x.clone().exp_()", "x.clone().relu_()", "x.clone().sqrt_()",
    "x.clone().tanh_()", "x.clone().sigmoid_()", "x.clone().zero_()", "x.detach().clone().requires_grad_()",
    "(-1) ** x", "x ** 0.5", "x + True", "x % 2.5", "1 - x", "2 / x", "x * 2", "torch.where(x > 1, x, 0.5)",
)  # fmt: skip
OF_TWO = (
    "x + y", "x - y", "x * y", "x / y", "x // y", "x % y", "x ** y", "x < y", "x == y", "x & y", "x | y", "x ^ y",
    "torch.add(x, y, alpha=2)", "torch.sub(x, y, alpha=2.5)", "torch.rsub(x, y, alpha=2)", "torch.maximum(x, y)",
    "torch.minimum(x, y)", "torch.where(x > 1, x, y)", "x.to(y)", "torch.zeros_like(x, dtype=y.dtype)",
)  # fmt: skip
# On vectors only.
OF_VECTORS = (
    "x @ y", "M(x) @ y", "x @ M(y)", "M(x) @ M(y)", "B(x) @ y", "B(x) @ M(y)", "torch.bmm(B(x + 1), B(y + 1))",
    "torch.mm(M(x), M(y))", "torch.mv(M(x), y)", "torch.dot(x, y)", "torch.cat([x, y])", "torch.stack([x, y])",
    "torch.nn.functional.linear(x, M(y))", "torch.nn.functional.linear(x, M(x), y)", "torch.allclose(x, y)",
    "torch.nn.functional.linear(x, M(y), y)", "torch.nn.functional.mse_loss(x, y)", "torch.equal(x, y)",
    "torch.autograd.grad(x * 2, x, y)[0]", "hooked(x, y)", "x[y]", "put(x, 0, y[0])", "put(x, slice(2), y)",
    "put(x, [0, 1], y)", "put(x, x > 1, y[:1].detach())",
)  # fmt: skip
IN_PLACE = (
    "x.clone().add_(y)", "x.clone().sub_(y)", "x.clone().mul_(y)", "x.clone().div_(y)", "x.clone().floor_divide_(y)",
    "x.clone().remainder_(y)", "x.clone().pow_(y)", "x.clone().copy_(y)",
)  # fmt: skip


def hooked(x: Any, y: Any) -> Any:
    """The gradient of `x` where a hook returned `y` on the way."""
    through = x * 3
    through.register_hook(lambda gradient: y)
    through.sum().backward()
    return x.grad


def put(x: Any, key: Any, value: Any) -> Any:
    """A copy of `x` with `value` at `key`."""
    changed = x.clone()
    changed[key] = value
    return changed


def world(torch: ModuleType, kinds: tuple[str, str], shapes: tuple[Any, Any]) -> dict[str, Any]:
    """`x` and `y` of two dtypes, floats as leaves that require grad, and what makes matrices and batches of them."""

    def operand(kind: str, shape: Any, last: float) -> Any:
        values = [False, True] if kind == "bool" else [1, last]
        made = torch.tensor(values if shape else values[1], dtype=getattr(torch, kind))
        return made.requires_grad_() if "float" in kind else made

    def rows(vector: Any) -> Any:
        return torch.stack([vector, vector])

    x, y = operand(kinds[0], shapes[0], 2), operand(kinds[1], shapes[1], 3)
    return {"torch": torch, "x": x, "y": y, "M": rows, "B": lambda v: rows(rows(v)), "hooked": hooked, "put": put}


def seen(value: Any) -> Any:
    """A result as plain data; floats to five digits, since libraries differ in the last ones of float32."""
    if isinstance(value, float):
        return f"{value:.5g}"
    if isinstance(value, list):
        return [seen(each) for each in value]
    if not hasattr(value, "requires_grad"):
        return value
    node = value.grad_fn and value.grad_fn.name()
    return (seen(value.detach().tolist()), repr(value.dtype), value.requires_grad, node)


def observed(torch: ModuleType, expression: str, kinds: tuple[str, str], shapes: tuple[Any, Any]) -> Any:
    """The result and the gradients of both operands, or the first line of what was raised."""
    names = world(torch, kinds, shapes)
    try:
        result = eval(expression, names)
        if getattr(result, "grad_fn", None) is not None:
            result.sum().backward()
    except Exception as error:  # noqa: BLE001  # whatever PyTorch raises is to be compared
        return type(error).__name__, str(error).split("\n")[0]
    return [seen(each) for each in (result, names["x"].grad, names["y"].grad)]


def shapes_of(expression: str) -> list[tuple[bool, bool]]:
    """Which operands have dimensions, in all combinations that an expression is for."""
    if expression in OF_VECTORS:
        return [(True, True)]
    if expression in IN_PLACE:
        return [(True, True), (True, False), (False, False)]
    return list(product((True, False), repeat=2)) if expression in OF_TWO else [(True, True), (False, True)]


@pytest.mark.torch
@pytest.mark.parametrize("expression", [*OF_ONE, *OF_TWO, *OF_VECTORS, *IN_PLACE])
def test_an_operation_on_any_dtypes_is_pytorchs(expression):
    """Where PyTorch promotes, refuses or casts, so does the reference, and in its words."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    others = DTYPES[:1] if expression in OF_ONE else DTYPES
    for kinds in product(DTYPES, others):
        for shapes in shapes_of(expression):
            expected = observed(torch, expression, kinds, shapes)
            assert observed(mytorch, expression, kinds, shapes) == expected, (kinds, shapes)
