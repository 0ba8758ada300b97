"""Arguments by name: as PyTorch and numpy call them, and as users call those of their own functions."""

import copy
import re

import numpy as np
import pytest

from tests.reference.conftest import leaf

CALLS = {
    "sum": (lambda t, m: m.sum(axis=0, keepdims=True), lambda t, m: m.sum(0, True)),
    "input": (lambda t, m: t.exp(input=m), lambda t, m: m.exp()),
    "other": (lambda t, m: t.add(input=m, other=m, alpha=2), lambda t, m: m + m + m),
    "matrices": (lambda t, m: t.mm(input=m, mat2=m), lambda t, m: m @ m),
    "vector": (lambda t, m: t.mv(m, vec=m[0]), lambda t, m: m @ m[0]),
    "vectors": (lambda t, m: t.dot(m[0], tensor=m[0]), lambda t, m: m[0] @ m[0]),
    "batches": (lambda t, m: t.bmm(m[None], mat2=m[None]), lambda t, m: m[None] @ m[None]),
    "cat": (lambda t, m: t.cat(tensors=[m, m], axis=1), lambda t, m: t.cat([m, m], 1)),
    "where": (lambda t, m: t.where(condition=m > 1, input=m, other=0.0), lambda t, m: t.where(m > 1, m, 0.0)),
    "shape": (lambda t, m: m.reshape(shape=(4,)), lambda t, m: m.flatten()),
    "view": (lambda t, m: m.view(size=(4,)), lambda t, m: m.view(4)),
    "dims": (lambda t, m: m.permute(dims=(1, 0)), lambda t, m: m.t()),
    "sizes and tensor": (lambda t, m: t.reshape(input=m, shape=(4,)), lambda t, m: m.flatten()),
    "dims and tensor": (lambda t, m: t.permute(input=m, dims=(1, 0)), lambda t, m: m.t()),
    "split": (lambda t, m: m.split(split_size=1)[1], lambda t, m: m[1:]),
    "tensor to split": (lambda t, m: t.split(tensor=m, split_size_or_sections=1)[1], lambda t, m: m[1:]),
    "copied": (lambda t, m: (m * 1).copy_(other=m + 1, non_blocking=True), lambda t, m: m + 1),
    "where of": (lambda t, m: m.where(condition=m > 1, other=0.0), lambda t, m: t.where(m > 1, m, 0.0)),
    "forced": (lambda t, m: t.tensor(m.numpy(force=True)), lambda t, m: m),
    "zeros": (lambda t, m: t.zeros(size=(2, 2)), lambda t, m: t.zeros(2, 2)),
    "full": (lambda t, m: t.full(size=(2,), fill_value=3.0), lambda t, m: t.ones(2) * 3),
    "like": (lambda t, m: t.ones_like(input=m), lambda t, m: t.ones(2, 2)),
    "any": (lambda t, m: (m > 3).any(dim=0), lambda t, m: t.tensor([False, True])),
    "all": (lambda t, m: (m > 1).all(dim=1, keepdim=True), lambda t, m: t.tensor([[False], [True]])),
}


@pytest.mark.parametrize("name", CALLS)
def test_arguments_have_pytorchs_names_and_numpys(torch, name):
    """Each of the two calls gives the same."""
    by_name, plain = CALLS[name]
    m = leaf(torch, [[1.0, 2.0], [3.0, 4.0]])
    found, expected = by_name(torch, m), plain(torch, m)
    assert (found.tolist(), found.dtype) == (expected.tolist(), expected.dtype)


def test_a_leaf_is_copied_in_depth_with_its_gradient(torch):
    """Memory and gradient are the copy's own; a module's parameters are parameters again."""
    x = leaf(torch, [1.0, 2.0])
    (x * 3).sum().backward()
    twin = copy.deepcopy(x)
    (twin * 4).sum().backward()
    assert (x.grad.tolist(), twin.grad.tolist(), twin.requires_grad) == ([3.0, 3.0], [7.0, 7.0], True)
    layer = torch.nn.Linear(2, 1)
    again = copy.deepcopy(layer)
    again(torch.ones(1, 2)).sum().backward()
    assert [name for name, _ in again.named_parameters()] == ["weight", "bias"]
    assert (layer.weight.grad, again.weight.grad.tolist()) == (None, [[1.0, 1.0]])


KINDS = {
    "Python's float": (lambda t, m: m.to(float), lambda t, m: m.double()),
    "device": (lambda t, m: m.to("cpu"), lambda t, m: m),
    "device and dtype": (lambda t, m: m.to("cpu", t.float64), lambda t, m: m.double()),
    "device by name": (lambda t, m: m.to(device="cpu", dtype=t.float64, copy=True), lambda t, m: m.double()),
    "Python's int": (lambda t, m: t.zeros(2, dtype=int), lambda t, m: t.zeros(2).long()),
    "no dtype": (lambda t, m: t.ones(2, dtype=None), lambda t, m: t.ones(2)),
    "end": (lambda t, m: t.arange(end=3), lambda t, m: t.tensor([0, 1, 2])),
    "tensor for a bound": (lambda t, m: t.arange(t.tensor(3)), lambda t, m: t.tensor([0, 1, 2])),
    "tensor for a size": (lambda t, m: t.zeros(t.tensor(2)), lambda t, m: t.zeros(2)),
    "tensor for a dimension": (lambda t, m: m.sum(t.tensor(0)), lambda t, m: m.sum(0)),
    "numpy's number for a dimension": (lambda t, m: m[None].squeeze(np.int64(0)), lambda t, m: m),
    "tensor for a dimension of size 1": (lambda t, m: m[None].squeeze(t.tensor(0)), lambda t, m: m),
    "tensor for the size of parts": (lambda t, m: m.split(t.tensor(1))[1], lambda t, m: m[1:]),
    "list of dimensions": (lambda t, m: m[None, None].squeeze([0, 1]), lambda t, m: m),
    "dimensions one by one": (lambda t, m: m[None, None].squeeze(0, 1), lambda t, m: m),
    "several dimensions": (lambda t, m: (m > 1).all(dim=(0, 1)), lambda t, m: t.tensor(False)),
    "number first": (lambda t, m: t.sub(1, m), lambda t, m: 1 - m),
    "number to copy": (lambda t, m: (m * 1).copy_(2), lambda t, m: m * 0 + 2),
    "lists of tensors": (lambda t, m: t.tensor([t.tensor(1.0), t.tensor([2])]), lambda t, m: t.tensor([1.0, 2.0])),
    "doubles in a list": (
        lambda t, m: t.tensor([1, t.tensor(2.0, dtype=t.float64)]),
        lambda t, m: t.tensor([1.0, 2.0], dtype=t.float64),
    ),
    "rows in a range": (lambda t, m: t.tensor([range(2), (3, 4)]), lambda t, m: t.tensor([[0, 1], [3, 4]])),
    "nothing in a list": (lambda t, m: t.tensor([[], []]), lambda t, m: t.zeros(2, 0)),
}


@pytest.mark.parametrize("name", KINDS)
def test_arguments_may_be_of_several_kinds(torch, name):
    """Each of the two calls gives the same."""
    call, plain = KINDS[name]
    m = leaf(torch, [[1.0, 2.0], [3.0, 4.0]])
    found, expected = call(torch, m), plain(torch, m)
    assert (found.tolist(), found.dtype, found.shape) == (expected.tolist(), expected.dtype, expected.shape)


NO_DIMENSION = {
    "sum": (lambda m: m.sum(), "SumBackward0", ()),
    "sum over None": (lambda m: m.sum(None), "SumBackward1", ()),
    "sum that keeps": (lambda m: m.sum(dim=None, keepdim=True), "SumBackward1", (1, 1)),
    "mean": (lambda m: m.mean(), "MeanBackward0", ()),
    "mean over None": (lambda m: m.mean(None), "MeanBackward1", ()),
    "mean that keeps": (lambda m: m.mean(None, True), "MeanBackward1", (1, 1)),
}


@pytest.mark.parametrize("name", NO_DIMENSION)
def test_none_as_a_dimension_is_all_of_them(torch, name):
    """It is another overload than the one without a dimension, with another node."""
    run, node, shape = NO_DIMENSION[name]
    m = leaf(torch, [[1.0, 2.0], [3.0, 4.0]])
    found = run(m)
    found.sum().backward()
    assert (found.grad_fn.name(), tuple(found.shape)) == (node, shape)
    assert m.grad.tolist() == ([[1.0] * 2] * 2 if "sum" in name else [[0.25] * 2] * 2)


def test_no_dtype_is_the_dtype_that_a_tensor_has(torch):
    """The tensor itself comes back."""
    x = leaf(torch)
    assert x.to() is x
    assert x.to(None) is x
    assert x.to(dtype=None) is x


def test_a_copy_is_a_copy_whatever_the_dtype(torch):
    """It is recorded; whether anybody waits for it makes no difference."""
    x = leaf(torch)
    for copied in (x.to(copy=True), x.to(torch.float32, False, True), x.to(x, copy=True)):
        assert (copied is x, copied.grad_fn.name(), copied.dtype) == (False, "ToCopyBackward0", torch.float32)
    assert x.to(torch.float32, True) is x
    assert x.to(torch.float64, non_blocking=True).dtype == torch.float64
    whole = torch.tensor([1])
    whole.to(torch.int64, copy=True).add_(1)
    assert whole.tolist() == [1]


def test_no_flag_is_none_for_a_new_tensor(torch):
    """As if it had been left out."""
    x = leaf(torch, [1.0])
    made = [
        make(requires_grad=None)
        for make in (
            lambda **flag: torch.zeros(2, **flag),
            lambda **flag: torch.full((2,), 1.0, **flag),
            lambda **flag: torch.ones_like(x, **flag),
            lambda **flag: torch.arange(2.0, **flag),
            lambda **flag: torch.randn(2, **flag),
        )
    ]
    assert [each.requires_grad for each in made] == [False] * 5


def test_flags_may_be_whole_numbers(torch):
    """As C has them."""
    x = leaf(torch)
    (slope,) = torch.autograd.grad(x * x, x, retain_graph=1, create_graph=1, allow_unused=0)
    assert slope.requires_grad
    y = x * x
    y.backward(retain_graph=1)
    y.backward(retain_graph=0)
    with pytest.raises(RuntimeError, match="second time"):
        y.backward()


def test_sizes_stay_sizes(torch):
    """Whatever Python makes of tuples, it makes of them."""
    size = torch.zeros(2, 3).shape
    one = (1,)
    made = (size + one, one + size, size * 2, 2 * size, size[1:])
    assert [repr(each) for each in made] == [
        "torch.Size([2, 3, 1])", "torch.Size([1, 2, 3])", "torch.Size([2, 3, 2, 3])", "torch.Size([2, 3, 2, 3])",
        "torch.Size([3])",
    ]  # fmt: skip


class Named:
    """What a user's function of named arguments has seen."""

    def __init__(self, torch, has_context):
        self.inputs = None
        see = self

        class Scale(torch.autograd.Function):
            @staticmethod
            def backward(ctx, g):
                see.needs = ctx.needs_input_grad
                return (g * 2,) + (None,) * (len(ctx.needs_input_grad) - 1)

        if has_context:
            Scale.forward = staticmethod(lambda x, k=2, plus=0: x * k + plus)
            Scale.setup_context = staticmethod(lambda ctx, inputs, output: setattr(see, "inputs", inputs))
        else:
            Scale.forward = staticmethod(lambda ctx, x, k=2, plus=0: x * k + plus)
        self.apply = Scale.apply


def test_arguments_may_be_named(torch):
    """They take the places that they have in `forward`; whatever is left out at the end has no place."""
    x, k = leaf(torch), leaf(torch, 3.0)
    see = Named(torch, has_context=False)
    y = see.apply(k=k, x=x)
    assert (y.item(), [node.variable for node, _ in y.grad_fn.next_functions]) == (6.0, [x, k])
    y.backward()
    assert (see.needs, x.grad.item(), k.grad) == ((True, True), 2.0, None)


def test_defaults_are_arguments_for_setup_context(torch):
    """It gets all that `forward` got."""
    x = leaf(torch)
    see = Named(torch, has_context=True)
    assert (see.apply(x=x, plus=1).item(), see.inputs) == (5.0, (x, 2, 1))
    see.apply(x).backward()
    assert see.needs == (True, False, False)


@pytest.mark.parametrize(
    ("has_context", "given", "named", "text"),
    [
        (False, 1, {"y": 1}, "forward() got an unexpected keyword argument 'y'"),
        (False, 1, {"x": 1}, "forward() got multiple values for argument 'x'"),
        (False, 1, {"plus": 1}, "forward() missing required argument: 'k' (position 1)"),
        (False, 0, {"k": 1}, "forward() missing required argument: 'x' (position 0)"),
        (True, 1, {"y": 1}, "got an unexpected keyword argument 'y'"),
        (True, 1, {"x": 1}, "multiple values for argument 'x'"),
        (True, 0, {}, "missing a required argument: 'x'"),
        (True, 4, {}, "too many positional arguments"),
    ],
)
def test_names_that_do_not_fit_are_refused(torch, has_context, given, named, text):
    """In the words of PyTorch, or with `setup_context` of Python."""
    with pytest.raises(TypeError, match=re.escape(text)):
        Named(torch, has_context).apply(*[leaf(torch)] * given, **named)
