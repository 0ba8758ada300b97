"""Every operation on PyTorch and on the reference: values, graph, gradients, the gradients' graphs, second gradients.

Each gradient has three witnesses: PyTorch, finite differences, and the graph.
"""

from types import ModuleType
from typing import Any

import mytorch
import numpy as np
import pytest

from autograder.probe.graph import graph_record

OPERATIONS = {
    "add": "x + y", "add number": "x + 1", "number add": "1 + x", "add constant": "x + c", "constant add": "c + x",
    "add alpha": "torch.add(x, y, alpha=2)", "sub": "x - y", "sub number": "x - 1", "sub constant": "c - x",
    "sub alpha": "torch.sub(x, y, alpha=3)", "rsub number": "1 - x", "rsub": "torch.rsub(x, y)",
    "rsub alpha": "torch.rsub(x, y, alpha=3)", "mul": "x * y", "mul number": "x * 2", "number mul": "2 * x",
    "mul constant": "x * c", "constant mul": "c * x", "mul self": "x * x", "mul broadcast": "M * x",
    "mul 0-d": "x * s", "0-d mul": "s * M", "outer": "x[:, None] * y", "div": "x / y", "div number": "x / 2",
    "div constant": "c / x", "number div": "2 / x", "div broadcast": "M / x", "remainder": "(x + 0.5) % y",
    "remainder by number": "x % 1.3", "constant remainder": "c % y", "neg": "-x", "exp": "x.exp()",
    "log": "x.log()", "tanh": "x.tanh()", "sigmoid": "x.sigmoid()", "relu": "x.relu()", "sqrt": "x.sqrt()",
    "sin": "x.sin()", "cos": "x.cos()", "reciprocal": "x.reciprocal()", "clone": "x.clone()",
    "power 1": "x ** 1", "power 2": "x ** 2", "power 3": "x ** 3", "power half": "x ** 0.5", "square": "x.square()",
    "power": "x ** y", "power of constant": "c ** x", "constant power": "x ** c", "number power": "2 ** x",
    "power broadcast": "M ** x", "mm": "M @ N", "mm twice": "M @ M", "mv": "M @ x", "dot": "x @ y",
    "batch by matrix": "B @ M", "batch by vector": "B @ x", "sum": "M.sum()", "sum 0": "M.sum(0)",
    "sum of 1-d": "x.sum(0)", "sum both": "M.sum((0, 1))", "sum keepdim": "M.sum(1, keepdim=True)",
    "mean": "M.mean()", "mean 0": "M.mean(0)", "mean keepdim": "M.mean(1, keepdim=True)", "max": "x.max()",
    "min": "x.min()", "max 0": "M.max(0).values", "max keepdim": "M.max(1, keepdim=True)[0]", "min 1": "M.min(1)[0]",
    "maximum": "torch.maximum(x, y)", "minimum": "torch.minimum(x, y)", "max of two": "torch.max(x, y)",
    "maximum broadcast": "torch.maximum(M, x + 0.5)", "where": "torch.where(x > 1.5, x, y)",
    "where number": "torch.where(x > 1.5, x, 0.)", "number where": "torch.where(x > 1.5, 2., x)",
    "reshape": "M.reshape(4)", "reshape same": "M.reshape(2, 2)", "view": "M.view(4)", "view -1": "M.view(-1)",
    "flatten": "M.flatten()", "transposed reshape": "M.t().reshape(4)",
    "column reshape": "M[:, 0].reshape(2, 1)", "transpose": "M.transpose(0, 1)",
    "mT": "M.mT", "t": "M.t()", "permute": "B.permute(2, 0, 1)", "T": "M.T", "unsqueeze": "x.unsqueeze(0)",
    "None": "x[None]", "squeeze": "K.squeeze()", "squeeze 0": "K.squeeze(0)", "squeeze 1": "K.squeeze(1)",
    "squeeze both": "K.squeeze((0, 2))", "expand": "x.expand(3, 2)", "expand -1": "x.expand(3, -1)",
    "select": "x[0]", "select row": "M[0]", "select last": "x[-1]", "select method": "M.select(1, 0)",
    "column": "M[:, 0]", "slice": "L[0:2]", "strided slice": "L[::2]", "full slice": "x[:]",
    "narrow": "L.narrow(0, 1, 2)", "ellipsis": "x[...]", "ellipsis last": "B[..., 0]", "all of both": "M[:, :]",
    "list": "x[[0, 1, 0]]", "mask": "L[L > 1.5]", "index tensor": "x[torch.tensor([0, 0])]", "element": "M[0, 1]",
    "slice and element": "M[0:1, 1]", "two lists": "M[[0, 1], [1, 0]]", "list of columns": "M[:, [0, 0]]",
    "assigned row": "put(M * 1, 0, M[1] * 2)", "assigned places": "put(M * 1, ([0, 1], [1, 1]), x)",
    "assigned places of a row": "put(M * 1, (0, [1, 0]), x)", "assigned mask": "put(M * 1, M > 1.5, y[0])",
    "array without dimensions": "x[numpy.array(1)] * M[numpy.array(True)]",
    "cat": "torch.cat([x, c, y])", "cat 1": "torch.cat([M, N], 1)", "stack": "torch.stack([x, y])",
    "stack 1": "torch.stack([x, y], 1)", "unbind": "M.unbind(0)[1]", "unbind 1": "M.unbind(1)[0]",
    "rows": "sum([row for row in M])", "split": "L.split(2)[1]", "split sizes": "L.split([1, 3])[1]",
    "uneven split": "L.split(3)[1]", "chunk": "L.chunk(2)[0]", "crossed": "(lambda a, b, d: d * a)(*B3.unbind(0))",
    "float": "x.to(torch.float32)", "mse": "torch.nn.functional.mse_loss(x, y)",
    "linear": "torch.nn.functional.linear(M, N, x)", "vector by matrix": "x @ M", "vector by batch": "x @ B",
    "matrix by batch": "M @ B", "constant by batch": "W @ B", "constant vector by batch": "c @ B",
    "batch by constant": "B @ W", "turned batch by constant": "B.transpose(0, 2) @ W",
    "turned batch by vector": "B.transpose(0, 2) @ x", "turned batch by constant vector": "B.permute(2, 0, 1) @ c",
    "one by batch": "B[:1] @ B", "batch by one": "B @ W[None]", "four dimensions": "B[None] @ B[:, None]",
    "nothing by batch": "torch.zeros(2, 0, dtype=torch.float64) @ B[:, :0]", "bmm": "B @ B", "abs": "x.abs() * x",
    "composed": "((x * y).exp() + s).tanh().sum() * M.mean()",
}  # fmt: skip


def put(x: Any, key: Any, value: Any) -> Any:
    """`x`, with `value` at `key` from now on."""
    x[key] = value
    return x


def world(torch: ModuleType) -> dict[str, Any]:
    """The tensors that the expressions name."""

    def leaf(value: Any) -> Any:
        return torch.tensor(value, dtype=torch.float64, requires_grad=True)

    return {
        "torch": torch,
        "numpy": np,
        "put": put,
        "x": leaf([1.0, 2.0]),
        "y": leaf([3.0, 4.0]),
        "c": torch.tensor([5.0, 6.0], dtype=torch.float64),
        "W": torch.tensor([[5.0, 6.0], [7.0, 8.0]], dtype=torch.float64),
        "s": leaf(2.0),
        "L": leaf([1.0, 2.0, 3.0, 4.0]),
        "M": leaf([[1.0, 2.0], [3.0, 4.0]]),
        "N": leaf([[2.0, 1.0], [5.0, 3.0]]),
        "K": leaf([[[1.0], [2.0]]]),
        "B": leaf([[[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.5], [3.0, 2.0]]]),
        "B3": leaf([1.0, 2.0, 3.0]),
    }


def leaves(names: dict[str, Any]) -> dict[str, Any]:
    """The leaves among the names."""
    return {name: each for name, each in names.items() if getattr(each, "requires_grad", False)}


def numbers(tensor: Any) -> list[float]:
    """The elements of a tensor in order, to twelve digits: libraries differ in the last."""
    return [float(f"{number:.12g}") for number in tensor.detach().flatten().tolist()]


def observed(torch: ModuleType, expression: str) -> list[Any]:
    """Value and graph of an expression, of its gradients by all leaves and its own, and of theirs again."""
    names = world(torch)
    named = leaves(names)
    out = eval(expression, names)
    found: list[Any] = [numbers(out), tuple(out.shape), repr(out.dtype), graph_record([out], named)]
    for order in range(2):
        weights = torch.ones_like(out).requires_grad_()
        named[f"g{order}"] = weights
        gradients = torch.autograd.grad(out, list(named.values()), weights, create_graph=True, allow_unused=True)
        for name, gradient in zip(named, gradients, strict=True):
            if (gradient is not None and name != "g0") or order:
                found.append((name, None if gradient is None else numbers(gradient)))
                if gradient is not None and not order:
                    found.append(graph_record([gradient], named))
        parts = [gradient.sum() for gradient in gradients if gradient is not None and gradient.requires_grad]
        if not parts:
            break
        out = parts[0]
        for part in parts[1:]:
            out = out + part
    return found


@pytest.mark.torch
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_is_pytorchs_to_the_graph_of_its_gradient(name):
    """Node names, edges, sharing and numbers agree, also in what a recorded backward pass recorded."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    assert observed(mytorch, OPERATIONS[name]) == observed(torch, OPERATIONS[name])


@pytest.mark.parametrize("name", OPERATIONS)
def test_gradients_agree_with_finite_differences(name):
    """First and second gradients of the reference, by central differences in float64."""
    expression = OPERATIONS[name]
    if name == "float":
        pytest.skip("float32 has too few digits for differences")
    names = world(mytorch)
    used = {key: each for key, each in leaves(names).items() if key in expression}

    def run(*values: Any) -> Any:
        return eval(expression, {**names, **dict(zip(used, values, strict=True))})

    assert mytorch.autograd.gradcheck(run, tuple(used.values()))
    assert mytorch.autograd.gradgradcheck(run, tuple(used.values()))
