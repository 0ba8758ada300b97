"""What operations say about dtypes that they don't take, and what the dtypes of their operands do to the graph."""

import math
import re

import pytest

from tests.reference.conftest import leaf

MISTAKES = {
    "f @ d": (RuntimeError, "dot : expected both vectors to have same dtype, but found Float and Double"),
    "F @ d": (RuntimeError, "addmv input tensors must have the same dtype, but got Double, Float, and Double"),
    "F @ D": (RuntimeError, "expected m1 and m2 to have the same dtype, but got: float != double"),
    "F @ I": (RuntimeError, "expected m1 and m2 to have the same dtype, but got: float != long int"),
    "F[None] @ D[None]": (RuntimeError, "expected scalar type Float but found Double"),
    "linear(F, F, d)": (RuntimeError, "self and mat2 must have the same dtype, but got Double and Float"),
    "linear(D, F, f)": (RuntimeError, "mat1 and mat2 must have the same dtype, but got Double and Float"),
    "B @ B": (NotImplementedError, "\"addmm_impl_cpu_\" not implemented for 'Bool'"),
    "b // b": (NotImplementedError, "\"div_floor_cpu\" not implemented for 'Bool'"),
    "b ** b": (NotImplementedError, "\"pow\" not implemented for 'Bool'"),
    "mse_loss(i, i)": (NotImplementedError, "\"mse_cpu\" not implemented for 'Long'"),
    "b.relu()": (RuntimeError, "Boolean inputs not supported for relu"),
    "b.argmax()": (RuntimeError, "argmax(): does not support bool input"),
    "+b": (RuntimeError, "The `+` operator, on a bool tensor is not supported."),
    "f.allclose(d)": (RuntimeError, "Float did not match Double"),
    "i.add(i, alpha=0.5)": (RuntimeError, "For integral input tensors, argument alpha must not be a floating point"),
    "i.add(i, alpha=1.0)": (RuntimeError, "For integral input tensors, argument alpha must not be a floating point"),
    "torch.rsub(i, 1, alpha=1.0)": (RuntimeError, "For integral input tensors, argument alpha must not be a floating"),
    "f.sub(f, alpha=True)": (RuntimeError, "Boolean alpha only supported for Boolean results."),
    "torch.arange(2, dtype=torch.bool)": (NotImplementedError, "\"arange_cpu\" not implemented for 'Bool'"),
    "i.add(i, alpha=False)": (RuntimeError, "Boolean alpha only supported for Boolean results."),
    "i.clone().pow_(f)": (RuntimeError, "result type Float can't be cast to the desired output type Long"),
    "f.clone().__setitem__([0, 1], d)": (
        RuntimeError,
        "Index put requires the source and destination dtypes match, got Float for the destination and Double for the",
    ),
    "hooked(f, b)": (RuntimeError, "has changed the type of value (was torch.FloatTensor got CPUBoolType)"),
    "setattr(f, 'grad', i)": (RuntimeError, "attempting to assign a gradient with dtype 'long int' to a tensor with"),
}


def _hooked(x, gradient):
    through = x * 1
    through.register_hook(lambda _: gradient)
    through.sum().backward()


@pytest.mark.parametrize("expression", MISTAKES)
def test_what_is_said_about_dtypes_that_an_operation_does_not_take(torch, expression):
    """Products promote nothing, and some operations know no truth values; capital letters stand for matrices."""
    error, text = MISTAKES[expression]
    kinds = {"f": torch.float32, "d": torch.float64, "i": torch.int64, "b": torch.bool}
    names = {name: torch.tensor([1, 0], dtype=kind) for name, kind in kinds.items()}
    names |= {name.upper(): torch.stack([each, each]) for name, each in names.items()}
    names["f"] = leaf(torch, [1.0, 0.0])
    functional = torch.nn.functional
    with pytest.raises(error, match=re.escape(text)):
        eval(
            expression,
            names | {"torch": torch, "hooked": _hooked, "linear": functional.linear, "mse_loss": functional.mse_loss},
        )


def test_what_is_put_under_a_mask_may_be_one_number_of_any_dtype(torch):
    """It is cast, unlike a list of values."""
    x = torch.zeros(3)
    x[torch.tensor([True, False, True])] = torch.tensor(2.0, dtype=torch.float64)
    assert (x.tolist(), x.dtype) == ([2.0, 0.0, 2.0], torch.float32)


def test_whole_numbers_never_join_a_graph(torch):
    """Fractions copied into them leave theirs."""
    x, whole = leaf(torch, [1.5, 2.5]), torch.zeros(2, dtype=torch.int64)
    whole.copy_(x)
    assert (whole.tolist(), whole.requires_grad) == ([1, 2], False)
    whole[0] = x[1]
    assert (whole.tolist(), whole.grad_fn) == ([2, 2], None)


def test_a_power_in_place(torch):
    """The exponent may be a tensor, with an edge of its own; the base is kept as it was."""
    x, n = leaf(torch, [2.0]), leaf(torch, [3.0])
    y = x * 1
    y **= n
    assert (y.tolist(), y.grad_fn.name()) == ([8.0], "PowBackward1")
    y.backward()
    assert (x.grad.tolist(), n.grad.item()) == ([12.0], pytest.approx(8 * math.log(2)))


def test_a_power_of_a_negative_number_has_no_slope(torch):
    """There is no real logarithm of -1."""
    x = leaf(torch)
    ((-1) ** x).backward()
    assert math.isnan(x.grad.item())
