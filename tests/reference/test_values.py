"""Numbers: shapes, dtypes, kinks, printing, creation."""

import math

import numpy as np
import pytest

from tests.reference.conftest import leaf


def slope(torch, use, at):
    """The gradient of `use` at one place."""
    x = leaf(torch, at)
    use(x).sum().backward()
    return x.grad.tolist()


def test_slopes_at_kinks(torch):
    """What PyTorch chooses where there is no derivative."""
    assert slope(torch, lambda x: x.relu(), 0.0) == 0.0
    assert slope(torch, lambda x: x.abs(), 0.0) == 0.0
    assert slope(torch, lambda x: x**0, 3.0) == 0.0
    assert slope(torch, lambda x: torch.maximum(x, torch.tensor(1.0)), 1.0) == 0.5
    assert slope(torch, lambda x: torch.minimum(x, torch.tensor(1.0)), 1.0) == 0.5
    assert slope(torch, lambda x: x.max(), [3.0, 1.0, 3.0]) == [0.5, 0.0, 0.5]
    assert slope(torch, lambda x: x.min(), [1.0, 1.0, 3.0]) == [0.5, 0.5, 0.0]
    assert slope(torch, lambda x: x.max(0).values, [3.0, 1.0, 3.0]) == [1.0, 0.0, 0.0]
    assert slope(torch, lambda x: x[[0, 0, 1]], [1.0, 2.0]) == [2.0, 1.0]
    assert slope(torch, lambda x: 0**x, 2.0) == 0.0
    assert math.isnan(slope(torch, lambda x: torch.where(x > 0, x.log(), 0.0), 0.0))


def test_division_by_zero_is_silent(torch):
    """Infinities and NaN, no warnings."""
    x = leaf(torch, [0.0, 1.0])
    assert (1 / x).tolist() == [math.inf, 1.0]
    assert math.isnan((x / x)[0].item())
    assert x.log()[0].item() == -math.inf


def test_a_leaf_without_dimensions_has_a_gradient_without_dimensions(torch):
    """Broadcasting is undone to the very shape."""
    x = leaf(torch)
    (x * torch.ones(2, 3)).sum().backward()
    assert x.grad.shape == ()
    y = torch.ones(1, 3, requires_grad=True)
    (y * torch.ones(4, 2, 3)).sum().backward()
    assert (y.grad.shape, y.grad.tolist()) == ((1, 3), [[8.0, 8.0, 8.0]])


PROMOTIONS = {
    "float and number": (lambda t: t.tensor([1.0]) * 2.5, "float32"),
    "int and number": (lambda t: t.tensor([1]) * 2.5, "float32"),
    "int and int": (lambda t: t.tensor([1]) * 2, "int64"),
    "int divided": (lambda t: t.tensor([1]) / 2, "float32"),
    "int and float": (lambda t: t.tensor([1]) + t.tensor([1.0]), "float32"),
    "int and double": (lambda t: t.tensor([1]) + t.tensor([1.0], dtype=t.float64), "float64"),
    "float and double": (lambda t: t.tensor([1.0]) + t.tensor([1.0], dtype=t.float64), "float64"),
    "float and 0-d double": (lambda t: t.tensor([1.0]) + t.tensor(1.0, dtype=t.float64), "float32"),
    "int and 0-d double": (lambda t: t.tensor([1]) + t.tensor(1.0, dtype=t.float64), "float64"),
    "0-d float and 0-d double": (lambda t: t.tensor(1.0) + t.tensor(1.0, dtype=t.float64), "float64"),
    "bool and int": (lambda t: t.tensor([True]) + 1, "int64"),
    "bool and float": (lambda t: t.tensor([1.0]) * t.tensor([True]), "float32"),
    "exp of int": (lambda t: t.tensor([1]).exp(), "float32"),
    "sum of bool": (lambda t: t.tensor([True, True]).sum(), "int64"),
    "power": (lambda t: t.tensor([2]) ** 0.5, "float32"),
    "reversed power": (lambda t: 2.0 ** t.tensor([2]), "float32"),
    "reversed difference": (lambda t: 0.5 - t.tensor([2]), "float32"),
    "cat": (lambda t: t.cat([t.tensor([1]), t.tensor([1.0])]), "float32"),
    "where": (lambda t: t.where(t.tensor([True]), 1.0, 2.0), "float32"),
    "mean": (lambda t: t.tensor([1.0], dtype=t.float64).mean(), "float64"),
    "comparison": (lambda t: t.tensor([1.0]) > 0, "bool"),
}


@pytest.mark.parametrize("name", PROMOTIONS)
def test_the_dtype_of_a_result(torch, name):
    """Numbers and 0-d tensors give way to tensors with dimensions of the same kind."""
    make, dtype = PROMOTIONS[name]
    assert repr(make(torch).dtype) == f"torch.{dtype}"


def test_mixed_dtypes_leave_no_node_and_each_leaf_its_own(torch):
    """The cast is part of the operation."""
    x, y = leaf(torch, [1.0]), torch.tensor([2.0], dtype=torch.float64, requires_grad=True)
    z = x * y
    assert (z.grad_fn.name(), z.dtype) == ("MulBackward0", torch.float64)
    z.backward()
    assert (x.grad.dtype, y.grad.dtype) == (torch.float32, torch.float64)


def test_casts_are_recorded_between_floats_only(torch):
    """A cast to whole numbers leaves the graph."""
    x = leaf(torch, [1.5])
    assert x.double().grad_fn.name() == "ToCopyBackward0"
    assert x.to(torch.float64).to(torch.float32).dtype == torch.float32
    assert (x.long().requires_grad, x.bool().tolist(), x.double().float().tolist()) == (False, [True], [1.5])
    assert x.to(torch.ones(1, dtype=torch.float64)).dtype == torch.float64
    x.double().sum().backward()
    assert (x.grad.tolist(), x.grad.dtype) == ([1.0], torch.float32)


ROW = "[0., 0.],\n        "  # of a printed table


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda t: leaf(t, [2.0]), "tensor([2.], requires_grad=True)"),
        (lambda t: leaf(t, [2.0]) * 2, "tensor([4.], grad_fn=<MulBackward0>)"),
        (lambda t: t.tensor(1.5), "tensor(1.5000)"),
        (lambda t: t.tensor([1, 2]), "tensor([1, 2])"),
        (lambda t: t.tensor([True]), "tensor([True])"),
        (lambda t: t.tensor([1.0], dtype=t.float64), "tensor([1.], dtype=torch.float64)"),
        (lambda t: t.tensor([[1.0, 2.5], [3.0, 4.0]]), "tensor([[1.0000, 2.5000],\n        [3.0000, 4.0000]])"),
        (lambda t: t.tensor([float("inf"), float("nan")]), "tensor([inf, nan])"),
        (lambda t: t.zeros(0), "tensor([])"),
        (lambda t: t.zeros(0, 3), "tensor([], size=(0, 3))"),
        (lambda t: t.tensor([True, False]), "tensor([ True, False])"),
        (lambda t: t.tensor([float("inf"), 1.0, 2.5]), "tensor([   inf, 1.0000, 2.5000])"),
        (lambda t: t.tensor([float("nan"), 1.0]), "tensor([nan, 1.])"),
        (lambda t: t.tensor([0.0, -1.0]), "tensor([ 0., -1.])"),
        (lambda t: t.tensor(1e-10), "tensor(1.0000e-10)"),
        (lambda t: t.tensor([1.5, 2000.0, 0.0]), "tensor([1.5000e+00, 2.0000e+03, 0.0000e+00])"),
        (lambda t: t.ones(17), f"tensor([{', '.join(['1.'] * 17)}])"),
        (lambda t: t.ones(19), f"tensor([{', '.join(['1.'] * 18)},\n        1.])"),
        (lambda t: t.zeros(25), f"tensor([{', '.join(['0.'] * 24)},\n        0.])"),
        (lambda t: t.arange(2000), "tensor([   0,    1,    2,  ..., 1997, 1998, 1999])"),
        (lambda t: t.zeros(501, 2), f"tensor([{ROW}{ROW}{ROW}...,\n        {ROW}{ROW}[0., 0.]])"),
        (lambda t: t.zeros(2, 1, 2), "tensor([[[0., 0.]],\n\n        [[0., 0.]]])"),
        (
            lambda t: t.ones(17, dtype=t.float64, requires_grad=True) * 2,
            f"tensor([{', '.join(['2.'] * 17)}],\n       dtype=torch.float64, grad_fn=<MulBackward0>)",
        ),
        (lambda t: t.tensor([1, 2]).shape, "torch.Size([2])"),
        (lambda t: t.float32, "torch.float32"),
        (lambda t: t.nn.Parameter(t.tensor([1.0])), "Parameter containing:\ntensor([1.], requires_grad=True)"),
    ],
)
def test_how_things_print(torch, make, text):
    """As in PyTorch."""
    assert repr(make(torch)) == text


def test_new_tensors(torch):
    """Shapes as numbers or tuples, dtypes as PyTorch chooses them."""
    assert torch.zeros(2, 3).tolist() == [[0.0] * 3] * 2
    assert torch.ones((2,), dtype=torch.int64).tolist() == [1, 1]
    assert torch.full((2,), 7.0).tolist() == [7.0, 7.0]
    assert (torch.arange(3).tolist(), torch.arange(1, 2, 0.5).tolist()) == ([0, 1, 2], [1.0, 1.5])
    assert torch.zeros_like(leaf(torch, [1.0])).requires_grad is False
    assert torch.ones_like(leaf(torch, [1.0]), requires_grad=True).requires_grad is True
    assert torch.tensor(np.array([1.0])).dtype == torch.float64
    assert torch.tensor([torch.tensor(1.0), 2.0]).tolist() == [1.0, 2.0]
    assert torch.tensor([1.9], dtype=torch.int64).tolist() == [1]
    assert torch.randn(2, 3).shape == (2, 3)
    assert torch.rand(2).shape == (2,)
    array = np.zeros(2)
    torch.from_numpy(array).add_(1)
    assert array.tolist() == [1.0, 1.0]


def test_random_numbers_start_anew_from_a_seed(torch):
    """The same seed, the same numbers."""
    torch.manual_seed(3)
    first = torch.randn(4).tolist()
    torch.manual_seed(3)
    assert torch.randn(4).tolist() == first


def test_a_tensor_has_a_copy_of_its_data(torch):
    """Changing the array later changes nothing."""
    array = np.array([1.0])
    x = torch.tensor(array)
    array[0] = 5.0
    assert x.item() == 1.0


def test_tensors_as_python_values(torch):
    """Sizes, lists, numbers, truth, hashing."""
    x = torch.tensor([[1.0, 2.0]])
    assert (x.shape, x.size(), x.size(1), x.ndim, x.dim(), x.numel(), len(x)) == ((1, 2), (1, 2), 2, 2, 2, 2, 1)
    assert x.shape.numel() == 2
    assert (float(torch.tensor(1.5)), int(torch.tensor(3)), bool(torch.tensor(0.0))) == (1.5, 3, False)
    assert [10, 20, 30][torch.tensor(1)] == 20
    assert len({x, x}) == 1
    assert [row.tolist() for row in x] == [[1.0, 2.0]]
    assert x.numpy().tolist() == [[1.0, 2.0]]
    assert torch.equal(x, x.clone())
    assert torch.allclose(x, x + 1e-9)


def test_comparisons_have_no_gradient(torch):
    """Neither do places of extremes."""
    x, y = leaf(torch, [1.0, 2.0]), torch.tensor([2.0, 2.0])
    assert (x < y).tolist() == [True, False]
    assert (x <= y).tolist() == [True, True]
    assert (x > 1).tolist() == [False, True]
    assert (x >= 1).tolist() == [True, True]
    assert (x == y).tolist() == [False, True]
    assert (x != y).tolist() == [True, False]
    assert ((x > 0) & ~(x > 1)).tolist() == [True, False]
    assert ((x > 1) | (x < 0)).tolist() == [False, True]
    assert (x > 0).requires_grad is False
    assert (x.argmax().item(), x.argmin().item(), x.max(0).indices.item()) == (1, 0, 1)
    assert (torch.isnan(x).any().item(), (x > 0).all().item()) == (False, True)
    m = torch.tensor([[1.0, 5.0], [7.0, 2.0]])
    assert (m.argmax(1).tolist(), m.argmin(0).tolist(), m.min(1).values.tolist()) == ([1, 0], [0, 1], [1.0, 2.0])
    assert m.max(0, keepdim=True).indices.tolist() == [[1, 0]]


def test_a_tensor_without_dimensions_is_formatted_as_its_number(torch):
    """A format, as in f"{loss:.2f}", is that of the number; without one, any tensor prints as always."""
    x = leaf(torch, [1.0, 2.0])
    assert f"{x.sum():.2f}" == "3.00"
    assert f"{x}" == repr(x)


OF_NUMPY = {
    "operator": (lambda t, x: np.float64(2) * x, lambda t, x: 2.0 * x),
    "power": (lambda t, x: x ** np.int64(2), lambda t, x: x**2),
    "power of a number": (lambda t, x: t.pow(np.float32(2), x), lambda t, x: 2**x),
    "remainder": (lambda t, x: x.remainder(np.float64(2)), lambda t, x: x % 2.0),
    "function": (lambda t, x: t.add(np.float64(2), x), lambda t, x: t.add(2.0, x)),
    "whole tensor": (lambda t, x: x.long().mul(np.float64(2)), lambda t, x: x.long() * 2.0),
    "small whole number": (lambda t, x: (x > 1).add(np.int32(2)), lambda t, x: (x > 1) + 2),
    "truth value": (lambda t, x: x.long() + np.bool_(True), lambda t, x: x.long() + 1.0),
    "factor": (lambda t, x: x.add(x, alpha=np.int64(2)), lambda t, x: x.add(x, alpha=2)),
    "where": (lambda t, x: t.where(x > 1, x.long(), np.float64(2)), lambda t, x: t.where(x > 1, x.long(), 2.0)),
    "in place": (lambda t, x: (x * 1).pow_(np.int64(2)), lambda t, x: (x * 1).pow_(2)),
    "full": (lambda t, x: t.full((2,), np.float64(2)), lambda t, x: t.full((2,), 2.0)),
    "tensor for a number": (lambda t, x: t.full((2,), t.tensor(2.0).double()), lambda t, x: t.full((2,), 2.0)),
}


@pytest.mark.parametrize("name", OF_NUMPY)
def test_a_number_of_numpys_is_a_number(torch, name):
    """Neither the dtype nor the node is another than that of Python's; a truth value of numpy's is a fraction."""
    run, plain = OF_NUMPY[name]
    x = leaf(torch, [1.0, 2.0])
    found, expected = run(torch, x), plain(torch, x)
    assert type(found) is torch.Tensor
    assert repr(found) == repr(expected)


def test_numpy_and_tensors(torch):
    """Arrays are made of tensors outside the graph only; numbers are looked for in tensors as Python's are."""
    x = leaf(torch, [1.0, 2.0])
    assert np.float32(2) in x
    assert np.asarray(x.detach()).tolist() == [1.0, 2.0]
    with pytest.raises(RuntimeError, match="Can't call numpy"):
        np.asarray(x)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_numpys_functions_of_tensors_are_tensors(torch):
    """Outside the graph, as their arguments have to be."""
    found = np.add(torch.tensor([1.0, 2.0]), 1)
    assert (type(found), found.tolist(), found.requires_grad) == (torch.Tensor, [2.0, 3.0], False)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_constant_and_an_array_make_a_tensor(torch):
    """Numpy computes it; `==` alone is the tensor's own."""
    x = torch.tensor([1.0, 2.0])
    for found in (x + np.ones(2), x * np.ones(2), x - np.array(0.0)):
        assert (type(found), found.dtype, found.shape) == (torch.Tensor, torch.float64, (2,))
    for found in (np.ones(2) / x, np.array(2.0) / x):
        assert (type(found), found.dtype, found.shape) == (torch.Tensor, torch.float64, (2,))
    assert (np.ones(2) / x).tolist() == [1.0, 0.5]
    assert (x @ np.ones(2, np.float32)).item() == 3.0
    assert (x == np.ones(2)).tolist() == [True, False]


def test_extremes_print_with_their_places(torch):
    """`max` with a dimension gives a named pair."""
    found = torch.tensor([[1.0, 5.0]]).max(1)
    assert repr(found) == "torch.return_types.max(\nvalues=tensor([5.]),\nindices=tensor([1]))"


def test_the_mean_of_nothing_is_not_a_number(torch):
    """In silence."""
    assert math.isnan(torch.zeros(0).mean().item())


def test_joined_tensors_lie_in_order(torch):
    """However their parts lay in memory, a view has nothing to copy."""
    column = torch.tensor([[1.0, 2.0]], requires_grad=True).expand(2, -1)
    assert torch.cat([column, column]).reshape(-1).grad_fn.name() == "ViewBackward0"
    assert torch.stack([column.t(), column.t()]).reshape(-1).grad_fn.name() == "ViewBackward0"


def test_a_tensor_without_dimensions_is_formatted_as_a_number(torch):
    """In f-strings a loss is its number, whatever its place in the graph; a parameter, and any other tensor, is not."""
    x = leaf(torch)
    assert (f"{x}", f"{x * 2:.2f}", f"{(x * 2)[None][0]}") == ("2.0", "4.00", "4.0")
    assert f"{leaf(torch, [1.0])}" == "tensor([1.], requires_grad=True)"
    assert f"{torch.nn.Parameter(x.detach())}" == "Parameter containing:\ntensor(2., requires_grad=True)"
