"""AccumulateGrad: one per leaf, held weakly by it; and how gradients add up."""

import gc
import weakref

import pytest

from tests.reference.conftest import leaf


def accumulator(tensor, place=0):
    """The accumulator that an edge of the tensor's node leads to."""
    return tensor.grad_fn.next_functions[place][0]


def test_all_edges_toward_a_leaf_meet_in_one_node(torch):
    """Within one expression, and between two that are alive."""
    x = leaf(torch)
    y, z = x * x, x + 1
    assert accumulator(y, 0) is accumulator(y, 1) is accumulator(z)
    assert accumulator(y).variable is x
    assert accumulator(y).next_functions == ()


def test_a_leaf_holds_its_accumulator_weakly(torch):
    """When the last graph has gone, the next operation makes a new one."""
    x = leaf(torch)
    y = x * 2
    accumulator(y).metadata["mark"] = 1
    del y
    assert accumulator(x * 2).metadata == {}


def test_an_accumulator_holds_its_leaf_strongly(torch):
    """A graph keeps its leaves alive, and lets them go with itself, without the garbage collector."""
    gc.disable()
    try:
        x = leaf(torch)
        gone = weakref.ref(x)
        y = x * 2
        del x
        assert gone() is not None
        del y
        assert gone() is None
    finally:
        gc.enable()


def test_the_graph_is_still_there_after_backward(torch):
    """Only saved values are gone."""
    x = leaf(torch)
    y = x * 3
    node = y.grad_fn
    edges = node.next_functions
    y.backward()
    assert y.grad_fn is node
    assert node.next_functions == edges
    assert edges[0][0].variable is x


def test_a_flag_switched_off_after_the_forward_pass(torch):
    """Backward runs, and the leaf stays without gradient."""
    x = leaf(torch)
    y = x * 3
    x.requires_grad_(False)
    y.backward()
    assert x.grad is None


def test_the_second_pass_adds_in_place(torch):
    """The same object, changed: whoever holds it sees the sum."""
    x = leaf(torch)
    (x * 3).backward()
    first, shared = x.grad, x.grad.detach()
    assert first._version == 0
    (x * 4).backward()
    assert x.grad is first
    assert (first.item(), shared.item(), first._version) == (7.0, 7.0, 1)
    assert (first.requires_grad, first.grad_fn, first.is_leaf) == (False, None, True)
    assert first.zero_() is first


LAYOUTS = {
    "transposed": lambda t: t.zeros(2, 3).t(),
    "permuted": lambda t: t.zeros(2, 3, 4).permute(2, 0, 1),
    "part of a transposed": lambda t: t.zeros(2, 3).t()[::2],
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("use", [lambda x: x.sum(), lambda x: (x * x).sum(), lambda x: x.flatten().sum()])
def test_a_gradient_lies_in_memory_as_its_leaf_does(torch, name, use):
    """Unless the leaf's memory has gaps: then the gradient lies in the plain order."""
    x = LAYOUTS[name](torch).requires_grad_()
    use(x).backward()
    plain = torch.zeros(x.shape)
    assert x.grad.numpy().strides == (plain if "part" in name else x.detach()).numpy().strides


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_made_like_a_tensor_lies_in_memory_as_it_does(torch, name):
    """Copies keep the order of the dimensions, so that some can't be viewed in another shape."""
    x = LAYOUTS[name](torch)
    made = (x.clone(), x * 1, torch.zeros_like(x), torch.ones_like(x))
    assert len({each.numpy().strides for each in made}) == 1
    with pytest.raises(RuntimeError, match="view size is not compatible with input tensor's size and stride"):
        x.clone().view(-1)
    assert x.contiguous().view(-1).shape == (x.numel(),)
    row = torch.zeros(3).expand(2, 3)
    assert row.double().numpy().strides == torch.zeros(2, 3).double().numpy().strides


@pytest.mark.parametrize(
    ("combine", "decides"),
    [
        (lambda torch, x, y: x + y, "first"),
        (lambda torch, x, y: x * y, "first"),
        (lambda torch, x, y: x / y, "first"),
        (lambda torch, x, y: x**y, "first"),
        (lambda torch, x, y: torch.sub(x, y, alpha=3), "first"),
        (lambda torch, x, y: torch.maximum(x, y), "first"),
        (lambda torch, x, y: torch.where(x > 0, y, y), "first"),
        (lambda torch, x, y: torch.where(y > 0, x, x), "second"),
        (lambda torch, x, y: torch.rsub(x, y), "second"),
        (lambda torch, x, y: torch.rsub(x, y, alpha=3), "second"),
    ],
)
def test_one_operand_decides_how_a_result_lies_in_memory(torch, combine, decides):
    """The one that is computed with first; what lies otherwise must be copied to be seen as one row."""
    rows = torch.ones(2, 3, requires_grad=True)
    columns = torch.ones(3, 2, requires_grad=True).t()
    for x, y in ((rows, columns), (columns, rows)):
        lies_in_rows = (x if decides == "first" else y) is rows
        name = combine(torch, x, y).reshape(-1).grad_fn.name()
        assert name == ("ViewBackward0" if lies_in_rows else "UnsafeViewBackward0")


@pytest.mark.parametrize("combine", [lambda x, y: x.lt(y), lambda x, y: x.eq(y), lambda x, y: y[:, :1] + x.t()])
def test_of_operands_without_gradients_likewise(torch, combine):
    """A dimension that is repeated decides nothing."""
    rows, columns = torch.ones(3, 3), torch.ones(3, 3).t()
    assert combine(columns, rows).numpy().strides == combine(columns, columns).numpy().strides
    assert combine(rows, columns).numpy().flags.c_contiguous == combine(rows, rows).numpy().flags.c_contiguous


@pytest.mark.parametrize("reduce", ["sum", "mean", "all", "any"])
def test_what_is_reduced_lies_in_the_plain_order(torch, reduce):
    """So it can be viewed as one row, whatever it was made of."""
    x = torch.ones(2, 3, 4).permute(1, 2, 0)
    assert getattr(x, reduce)(2).view(12).shape == (12,)
    assert getattr(x, reduce)(0, keepdim=True).view(8).shape == (8,)


@pytest.mark.filterwarnings("ignore:Using backward")
def test_with_create_graph_the_sum_is_a_new_object(torch):
    """A gradient that is itself part of a graph is not changed in place."""
    x = leaf(torch)
    (g1,) = torch.autograd.grad(x * x, x, create_graph=True)
    g1.backward(retain_graph=True)
    before = x.grad
    (x * x * x).backward(create_graph=True)
    assert x.grad is not before
    assert (before.item(), x.grad.item()) == (2.0, 14.0)
    assert x.grad.grad_fn.name() == "AddBackward0"


@pytest.mark.filterwarnings("ignore:Using backward")
def test_with_create_graph_the_first_gradient_is_a_recorded_copy(torch):
    """CopyBackwards, if the gradient requires grad at all."""
    x, w = leaf(torch), leaf(torch)
    (x * x).backward(create_graph=True)
    (w * 3).backward(create_graph=True)
    assert x.grad.grad_fn.name() == "torch::autograd::CopyBackwards"
    assert w.grad.requires_grad is False


@pytest.mark.parametrize("use", [lambda x: x, lambda x: x + 0, lambda x: -x, lambda x: x.clone(), lambda x: x - 1])
def test_a_users_gradient_is_never_taken_over(torch, use):
    """`x.grad` is another object with other memory."""
    x, g = leaf(torch, [1.0, 2.0]), torch.tensor([1.0, 1.0])
    use(x).backward(g)
    assert x.grad is not g
    x.grad.zero_()
    assert g.tolist() == [1.0, 1.0]


def test_two_leaves_of_one_sum_share_no_gradient(torch):
    """Each has memory of its own."""
    x, y = leaf(torch), leaf(torch)
    (x + y).backward()
    x.grad.zero_()
    assert y.grad.item() == 1.0


def test_a_gradient_set_by_the_user_is_kept_and_added_to(torch):
    """`x.grad = g` keeps `g` itself; `del x.grad` forgets it."""
    x, g = leaf(torch), torch.tensor(10.0)
    x.grad = g
    assert x.grad is g
    (x * 3).backward()
    assert g.item() == 13.0
    del x.grad
    assert x.grad is None


def test_a_gradient_kept_by_a_hook_is_not_the_leafs(torch):
    """The second pass leaves it alone."""
    x, kept = leaf(torch), []
    x.register_hook(kept.append)
    (x * 3).backward()
    (x * 3).backward()
    assert [g.item() for g in kept] == [3.0, 3.0]


def test_microbatches_add_up_to_the_full_batch(torch):
    """The sum of the gradients of `loss / k` over k parts."""
    w = leaf(torch, [1.0, 2.0])
    data = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
    ((data * w).sum(1) ** 2).mean().backward()
    full = w.grad.tolist()
    w.grad = None
    for part in data.split(2):
        (((part * w).sum(1) ** 2).mean() / 2).backward()
    assert w.grad.tolist() == pytest.approx(full)
