"""Division with remainder, truth values, and bits: what has a gradient, what has none, and what is refused."""

import math
import re

import pytest

from tests.reference.conftest import leaf, names


def test_the_remainder_has_the_sign_of_the_divisor(torch):
    """Numbers of both kinds."""
    values = torch.tensor([-3.5, 3.5])
    assert (values % 2).tolist() == [0.5, 1.5]
    assert (values % -2).tolist() == [-1.5, -0.5]
    whole = torch.tensor([1, 2, 3])
    assert (whole % torch.tensor([1, 2, -2])).tolist() == [0, 0, -1]
    assert (7 % whole).tolist() == [0, 1, 1]
    assert (whole % 2.5).tolist() == [1.0, 2.0, 0.5]


@pytest.mark.parametrize("divisor", [1, -1, 0.5, -0.5])
def test_no_remainder_has_the_sign_of_the_dividend(torch, divisor):
    """Zeros have signs too; among whole numbers there is one zero."""
    dividends = torch.tensor([1.0, -1.0, 0.0, -0.0, 2.5, -2.5])
    for remainders in (dividends % divisor, dividends % torch.tensor(divisor), dividends.clone().remainder_(divisor)):
        zeros = [math.copysign(1, each) for each in remainders.tolist() if each == 0]
        assert zeros == [1, -1] * (len(zeros) // 2)
        assert len(zeros) >= 4
    assert str(torch.tensor([2, -2]) % -1) == "tensor([0, 0])"


def test_the_quotient_is_rounded_down(torch):
    """Numbers of both kinds."""
    assert (torch.tensor([-3.5, 3.5]) // -2).tolist() == [1.0, -2.0]
    assert (-torch.tensor([1, 2, 3]) // 2).tolist() == [-1, -1, -2]
    assert (7 // torch.tensor([1, 2, 3])).tolist() == [7, 3, 2]
    assert torch.floor_divide(torch.tensor([True]), 2).tolist() == [0]


def test_a_remainder_knows_its_operands(torch):
    """A number has no edge, a tensor has one."""
    a, b = leaf(torch, [5.0, -7.5]), leaf(torch, [3.0, 2.0])
    assert (a % 2).grad_fn.name() == "RemainderBackward0"
    assert names(a % 2) == [("AccumulateGrad", 0)]
    assert (a % b).grad_fn.name() == "RemainderBackward1"
    assert names(torch.tensor([1.0, 1.0]) % b) == [(None, 0), ("AccumulateGrad", 0)]
    torch.remainder(a, b).sum().backward()
    assert (a.grad.tolist(), b.grad.tolist()) == ([1.0, 1.0], [-1.0, 4.0])


def test_the_gradient_of_a_remainder_can_be_recorded(torch):
    """The divisor's is a product with a rounded quotient, whose own gradients are 0."""
    a, b = leaf(torch, 5.0), leaf(torch, 3.0)
    weight = leaf(torch)
    _, slope = torch.autograd.grad(a % b, [a, b], weight, create_graph=True)
    assert names(slope) == [("NegBackward0", 0), ("DivBackward2", 0)]
    assert [each.item() for each in torch.autograd.grad(slope, [a, b, weight])] == [0.0, 0.0, -1.0]


NOT_DERIVED = {
    "floor_divide": lambda x: x // 2,
    "floor_divide of a number": lambda x: 5 // x,
    "floor_divide of a tensor": lambda x: x.floor_divide(x),
    "floor_divide_": lambda x: (x * 1).floor_divide_(2),
    "remainder of a number": lambda x: 5 % x,
}


@pytest.mark.parametrize("name", NOT_DERIVED)
def test_what_has_no_formula_says_so_when_a_gradient_comes(torch, name):
    """The result is in the graph, as if it could be derived."""
    y = NOT_DERIVED[name](leaf(torch, [1.0, 2.0]))
    assert y.requires_grad
    assert y.grad_fn.name() == "torch::autograd::NotImplemented"
    assert re.sub("0x[0-9a-f]+", "0x", repr(y.grad_fn)) == "<NotImplemented object at 0x>"
    assert len(names(y)) == (2 if name.endswith("tensor") else 1)
    operation = name.partition(" ")[0]
    with pytest.raises(RuntimeError, match=f"^derivative for aten::{operation} is not implemented$"):
        y.sum().backward()


def test_what_has_no_formula_has_edges_for_what_requires_grad_alone(torch):
    """Whichever operand that is, and whatever the other one."""
    x, constant = leaf(torch, [1.0, 2.0]), torch.tensor([1.0, 2.0])
    for y in (x // constant, constant // x, x // torch.tensor(2), constant % x // x.detach()):
        assert len(names(y)) == 1


def test_division_with_remainder_in_place(torch):
    """The memory changes, and the history follows."""
    x, y = leaf(torch, [5.0, -7.5]), leaf(torch, [3.0, 2.0])
    z = x * 1
    same = z
    z %= y
    assert (z is same, z.tolist(), names(z)) == (True, [2.0, 0.5], [("MulBackward0", 0), ("AccumulateGrad", 0)])
    z %= 2
    assert (z.tolist(), z.grad_fn.name()) == ([0.0, 0.5], "RemainderBackward0")
    z //= 0.25
    assert (z is same, z.tolist(), z._version) == (True, [0.0, 2.0], 3)
    whole = torch.tensor([5])
    whole //= 2
    assert whole.tolist() == [2]


REFUSED = {
    "quotient by zero": (RuntimeError, "ZeroDivisionError", lambda t: t.tensor([1]) // 0),
    "remainder by zero": (RuntimeError, "ZeroDivisionError", lambda t: t.tensor([1]) % t.tensor([0])),
    "leaf in place": (
        RuntimeError,
        "a leaf Variable that requires grad is being used in an in-place operation.",
        lambda t: leaf(t).floor_divide_(2),
    ),
    "fractions in integers": (
        RuntimeError,
        "result type Float can't be cast to the desired output type Long",
        lambda t: t.tensor([1]).remainder_(2.5),
    ),
    "operand": (TypeError, "unsupported operand type(s) for %: 'Tensor' and 'str'", lambda t: leaf(t) % "a"),
    "operand of a quotient": (
        TypeError,
        "unsupported operand type(s) for //: 'NoneType' and 'Tensor'",
        lambda t: None // leaf(t),
    ),
    "negative truth": (RuntimeError, "Negation, the `-` operator, on a bool tensor", lambda t: -t.tensor([True])),
    "truth less truth": (
        RuntimeError,
        "Subtraction, the `-` operator, with two bool tensors is not supported.",
        lambda t: t.tensor([True]) - t.tensor([True]),
    ),
    "inverted mask": (
        RuntimeError,
        (
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, "
            "use the `~` or `logical_not()` operator instead."
        ),
        lambda t: 1 - t.tensor([True]),
    ),
    "bits of fractions": (
        NotImplementedError,
        "\"bitwise_and_cpu\" not implemented for 'Float'",
        lambda t: leaf(t) & 1,
    ),
    "turned fractions": (TypeError, "~ (operator.invert) is only implemented on integer", lambda t: ~leaf(t)),
    "text in a tensor": (
        RuntimeError,
        "Tensor.__contains__ only supports Tensor or scalar, but you passed in a <class 'str'>.",
        lambda t: "a" in leaf(t, [1.0]),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_divided_or_turned_is_refused_in_pytorchs_words(torch, name):
    """Exception and text are PyTorch's."""
    error, text, run = REFUSED[name]
    with pytest.raises(error, match=re.escape(text)):
        run(torch)


def test_bits_and_truth_values(torch):
    """Whole numbers bit by bit, truth values as such; a number may come first."""
    whole = torch.tensor([1, 2, 3])
    assert [(1 & whole).tolist(), (whole | 1).tolist(), (1 ^ whole).tolist()] == [[1, 0, 1], [1, 3, 3], [0, 3, 2]]
    truth = torch.tensor([True, False])
    assert [(truth ^ True).tolist(), (~truth).tolist(), (~whole).tolist()] == [
        [False, True],
        [False, True],
        [-2, -3, -4],
    ]


def test_elements_are_looked_for_by_value(torch):
    """`in` asks whether any element is equal."""
    x = leaf(torch, [1.0, 2.0])
    assert 2 in x
    assert 3.0 not in x
    assert x.detach() in x


def test_a_shift_is_refused_with_what_to_use_instead(reference):
    """PyTorch has it, the reference doesn't."""
    with pytest.raises(NotImplementedError, match=re.escape("__lshift__ is not supported here: use x * 2 ** n")):
        reference.tensor([1]) << 1
    with pytest.raises(NotImplementedError, match=re.escape("floor is not supported here: use x // 1")):
        leaf(reference).floor()
