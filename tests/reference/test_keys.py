"""What stands between brackets: keys that fit, keys that don't, and what is said about them."""

import re

import pytest

from tests.reference.conftest import leaf

NO_INDEX = "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got {})"
OF_A_NUMBER = (
    "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim "
    "tensor to a number"
)
NO_FIT = "shape mismatch: value tensor of shape {} cannot be broadcast to indexing result of shape {}"

LEAF = "a leaf Variable that requires grad is being used in an in-place operation."

# Names: x of two elements, M of two by two, s without dimensions, c a constant of two elements.
REFUSED = {
    "x[5]": (IndexError, "index 5 is out of bounds for dimension 0 with size 2"),
    "M[0, 5]": (IndexError, "index 5 is out of bounds for dimension 1 with size 2"),
    "x[..., 5]": (IndexError, "index 5 is out of bounds for dimension 1 with size 2"),
    "x[None, -3]": (IndexError, "index -3 is out of bounds for dimension 1 with size 2"),
    "x[[0, 5]]": (IndexError, "index 5 is out of bounds for dimension 0 with size 2"),
    "M[:, [0, -3]]": (IndexError, "index -3 is out of bounds for dimension 0 with size 2"),
    "M[[0], [5]]": (IndexError, "index 5 is out of bounds for dimension 1 with size 2"),
    "M[[True, False], [5]]": (IndexError, "index 5 is out of bounds for dimension 1 with size 2"),
    "M[[0, 1], [0, 1, 1]]": (
        IndexError,
        "shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]",
    ),
    "x[torch.tensor([True])]": (
        IndexError,
        "The shape of the mask [1] at index 0 does not match the shape of the indexed tensor [2] at index 0",
    ),
    "M[:, torch.tensor([True, False, True])]": (
        IndexError,
        "The shape of the mask [3] at index 0 does not match the shape of the indexed tensor [2, 2] at index 1",
    ),
    "s[0]": (IndexError, OF_A_NUMBER),
    "s[0, 0]": (IndexError, "too many indices for tensor of dimension 0"),
    "s[:]": (IndexError, "slice() cannot be applied to a 0-dim tensor."),
    "M[0, 0, 0]": (IndexError, "too many indices for tensor of dimension 2"),
    "x[{1}]": (IndexError, NO_INDEX.format("set")),
    "x[numpy.float64(1)]": (IndexError, NO_INDEX.format("numpy.float64")),
    "M[0, 'a']": (TypeError, "new(): invalid data type 'str'"),
    "x[::0]": (ValueError, "slice step cannot be zero"),
    "x[::-1]": (ValueError, "step must be greater than zero"),
    "x.select(0, 5)": (IndexError, "select(): index 5 out of range for tensor of size [2] at dimension 0"),
    "s.select(0, 0)": (IndexError, "select() cannot be applied to a 0-dim tensor."),
    "s.narrow(0, 0, 1)": (RuntimeError, "narrow() cannot be applied to a 0-dim tensor."),
    "x.narrow(0, 0, -1)": (RuntimeError, "narrow(): length must be non-negative."),
    "M.flatten(1, 0)": (RuntimeError, "flatten() has invalid args: start_dim cannot come after end_dim"),
    "x.narrow(0, 5, 1)": (IndexError, "start out of range (expected to be in range of [-2, 2], but got 5)"),
    "x.size(3)": (IndexError, "Dimension out of range (expected to be in range of [-1, 0], but got 3)"),
    "s.size(0)": (IndexError, "Dimension specified as 0 but tensor has no dimensions"),
    "x.unsqueeze('a')": (TypeError, "argument 'dim'"),
    "c[[0, 0, 1]] in x": (RuntimeError, "The size of tensor a (3) must match the size of tensor b (2)"),
    "x.mT": (RuntimeError, "tensor.mT is only supported on matrices or batches of matrices. Got 1-D tensor."),
    "x.split([-1, 3])": (
        RuntimeError,
        "split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=[-1, 3]",
    ),
    "s.split(1)": (RuntimeError, "split expects at least a 1-dimensional tensor"),
    "s.chunk(1)": (RuntimeError, "chunk expects at least a 1-dimensional tensor"),
    "x.expand(-1, 2)": (
        RuntimeError,
        "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension 0",
    ),
    "x.reshape(-2)": (RuntimeError, "invalid shape dimension -2 at index 0 of shape [-2]"),
    "x.reshape(1.5)": (TypeError, "reshape(): argument 'shape' (position 1) must be tuple of ints, not float"),
    "torch.zeros(0).reshape(-1, 0)": (
        RuntimeError,
        (
            "cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension size -1 can be "
            "any value and is ambiguous"
        ),
    ),
    "torch.zeros(0, 2).max(0)": (IndexError, "max(): Expected reduction dim 0 to have non-zero size."),
    "torch.zeros(0, 2).argmax(0)": (IndexError, "argmax(): Expected reduction dim 0 to have non-zero size."),
    "torch.zeros(0).argmin()": (
        IndexError,
        "argmin(): Expected reduction dim to be specified for input.numel() == 0.",
    ),
    "c.__setitem__([0, 1], torch.ones(3))": (RuntimeError, NO_FIT.format([3], [2])),
    "c[None].__setitem__([0, 0], torch.ones(3))": (RuntimeError, NO_FIT.format([3], [2, 2])),
    "x.__setitem__([0], torch.ones(2))": (RuntimeError, LEAF),
    "x.__setitem__([5], torch.ones(2).long())": (RuntimeError, LEAF),
    "c.__setitem__([5], 1.0)": (IndexError, "index 5 is out of bounds for dimension 0 with size 2"),
    "c.__setitem__(5, 1.0)": (IndexError, "index 5 is out of bounds for dimension 0 with size 2"),
}  # fmt: skip

# Values and names of the nodes, the last one first.
TAKEN = {
    "x[True]": ([[1.0, 2.0]], ["IndexBackward0", "UnsqueezeBackward0"]),
    "x[False]": ([], ["IndexBackward0", "UnsqueezeBackward0"]),
    "s[torch.tensor(True)]": ([2.0], ["IndexBackward0", "UnsqueezeBackward0"]),
    "M[0, True]": ([[1.0, 2.0]], ["IndexBackward0", "UnsqueezeBackward0", "SelectBackward0"]),
    "x[[]]": ([], ["IndexBackward0"]),
    "x[[1.5]]": ([2.0], ["IndexBackward0"]),
    "x[range(2)]": ([1.0, 2.0], ["IndexBackward0"]),
    "M[(0, 1), 0]": ([1.0, 3.0], ["IndexBackward0", "SelectBackward0"]),
    "x.narrow(0, -1, 1)": ([2.0], ["SliceBackward0"]),
    "s.sum(0)": (2.0, ["SumBackward1"]),
    "s.sum(0, keepdim=True)": (2.0, ["SumBackward1"]),
    "s.mean(0)": (2.0, ["MeanBackward1"]),
    "s.max(0).values": (2.0, ["MaxBackward0"]),
    "s.min(-1, keepdim=True).values": (2.0, ["MinBackward0"]),
    "s.transpose(0, -1)": (2.0, ["TransposeBackward0"]),
}


def world(torch):
    """The tensors that the expressions name."""
    import numpy as np  # noqa: PLC0415 - PyTorch is asked for the name `numpy` too

    tensors = {"x": leaf(torch, [1.0, 2.0]), "M": leaf(torch, [[1.0, 2.0], [3.0, 4.0]]), "s": leaf(torch)}
    return {"torch": torch, "numpy": np, "c": torch.tensor([5.0, 6.0]), **tensors}


@pytest.mark.parametrize("expression", REFUSED)
def test_a_key_that_does_not_fit_is_refused_in_pytorchs_words(torch, expression):
    """Exception and text are PyTorch's."""
    error, text = REFUSED[expression]
    with pytest.raises(error, match=re.escape(text)):
        eval(expression, world(torch))


@pytest.mark.parametrize("expression", TAKEN)
def test_a_key_is_taken_as_by_pytorch(torch, expression):
    """Value and nodes are PyTorch's, and a gradient comes back to the leaf in its own shape."""
    names = world(torch)
    found = eval(expression, names)
    value, nodes = TAKEN[expression]
    assert found.tolist() == value
    node = found.grad_fn
    for name in nodes:
        assert node.name() == name
        node = node.next_functions[0][0]
    used = names[expression[0]]
    found.sum().backward()
    assert used.grad.shape == used.shape


def test_a_list_of_lists_is_taken_for_a_tuple(torch):
    """With a warning, as of old."""
    with pytest.warns(UserWarning, match="Using a non-tuple sequence for multidimensional indexing is deprecated"):
        assert leaf(torch, [[1.0, 2.0], [3.0, 4.0]])[[[0, 1], [1, 0]]].tolist() == [2.0, 3.0]


def test_truth_values_and_lists_as_keys_of_assignments(torch):
    """All, nothing, and values with leading dimensions of size 1."""
    c = torch.tensor([5.0, 6.0])
    c[False] = 0.0
    assert c.tolist() == [5.0, 6.0]
    c[[1, 0]] = torch.tensor([[1.0, 2.0]])
    assert c.tolist() == [2.0, 1.0]
    c[True] = 3.0
    assert c.tolist() == [3.0, 3.0]
    c[c > 0] = torch.tensor([[4.0]])
    assert c.tolist() == [4.0, 4.0]


def test_the_mean_of_nothing_is_no_number(torch):
    """Without a warning."""
    assert torch.zeros(2, 0).mean(1).isnan().all()


def test_where_the_extremes_stand_can_keep_the_dimension(torch):
    """`keepdim` of `argmax` and `argmin`."""
    matrix = torch.tensor([[1.0, 2.0], [4.0, 3.0]])
    assert matrix.argmax(dim=1, keepdim=True).tolist() == [[1], [0]]
    assert matrix.argmin(1, True).tolist() == [[0], [1]]


def test_parts_of_a_size_are_sizes(torch):
    """Slices and sums; places are numbers."""
    size = torch.zeros(2, 3).shape
    assert repr(size[:1]) == "torch.Size([2])"
    assert repr(size + (1,)) == "torch.Size([2, 3, 1])"  # noqa: RUF005 - the sum is what is asked for
    assert size[1] == 3
