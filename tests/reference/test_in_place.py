"""Changes in place: history, versions, views."""

import pytest

from tests.reference.conftest import leaf, names

MODIFIED = (
    r"modified by an inplace operation: \[torch\.{}Tensor \[{}\]\]{} is at version {}; expected version {} instead"
)


def test_the_tensor_stays_and_gets_a_new_node(torch):
    """Whose first edge leads to the old one; the version counts."""
    x = leaf(torch)
    y = x * 3
    old = y.grad_fn
    assert y.add_(1) is y
    assert (y.grad_fn.name(), y.grad_fn.next_functions[0][0] is old, y._version) == ("AddBackward0", True, 1)
    y += 1
    y -= x
    assert names(y) == [("AddBackward0", 0), ("AccumulateGrad", 0)]
    assert (y.item(), y._version) == (6.0, 3)


def test_a_constant_joins_the_graph(torch):
    """By taking in something that requires grad."""
    x, n = leaf(torch), torch.tensor(1.0)
    n.add_(x)
    assert (names(n), n.requires_grad) == ([(None, 0), ("AccumulateGrad", 0)], True)


IN_PLACE = {
    "add_": (lambda y, x: y.add_(x), "AddBackward0", [("MulBackward0", 0), ("AccumulateGrad", 0)]),
    "sub_": (lambda y, x: y.sub_(x), "SubBackward0", [("MulBackward0", 0), ("AccumulateGrad", 0)]),
    "mul_": (lambda y, x: y.mul_(x), "MulBackward0", [("MulBackward0", 0), ("AccumulateGrad", 0)]),
    "div_": (lambda y, x: y.div_(x), "DivBackward0", [("MulBackward0", 0), ("AccumulateGrad", 0)]),
    "neg_": (lambda y, x: y.neg_(), "NegBackward0", [("MulBackward0", 0)]),
    "exp_": (lambda y, x: y.exp_(), "ExpBackward0", [("MulBackward0", 0)]),
    "sqrt_": (lambda y, x: y.sqrt_(), "SqrtBackward0", [("MulBackward0", 0)]),
    "tanh_": (lambda y, x: y.tanh_(), "TanhBackward0", [("MulBackward0", 0)]),
    "sigmoid_": (lambda y, x: y.sigmoid_(), "SigmoidBackward0", [("MulBackward0", 0)]),
    "relu_": (lambda y, x: y.relu_(), "ReluBackward0", [("MulBackward0", 0)]),
    "pow_": (lambda y, x: y.pow_(3), "PowBackward0", [("MulBackward0", 0)]),
    "zero_": (lambda y, x: y.zero_(), "ZeroBackward0", [("MulBackward0", 0)]),
    "fill_ number": (lambda y, x: y.fill_(1.0), "FillBackward2", [("MulBackward0", 0)]),
    "fill_ tensor": (lambda y, x: y.fill_(x[0]), "FillBackward3", [("MulBackward0", 0), ("SelectBackward0", 0)]),
    "copy_": (lambda y, x: y.copy_(x), "torch::autograd::CopyBackwards", [("MulBackward0", 0), ("AccumulateGrad", 0)]),
    "one place": (
        lambda y, x: y.__setitem__(0, x[1]),
        "torch::autograd::CopySlices",
        [("MulBackward0", 0), ("SelectBackward0", 0)],
    ),
    "a number": (
        lambda y, x: y.__setitem__(0, 5.0),
        "torch::autograd::CopySlices",
        [("MulBackward0", 0), (None, 0)],
    ),
    "all": (
        lambda y, x: y.__setitem__(slice(None), x),
        "torch::autograd::CopyBackwards",
        [("MulBackward0", 0), ("AccumulateGrad", 0)],
    ),
    "a list": (
        lambda y, x: y.__setitem__([0, 1], x),
        "IndexPutBackward0",
        [("MulBackward0", 0), ("AccumulateGrad", 0)],
    ),
    "a mask": (lambda y, x: y.__setitem__(y > 3, 0.0), "IndexPutBackward0", [("MulBackward0", 0), (None, 0)]),
}
GRADIENTS = {
    "add_": [4.0, 4.0],
    "sub_": [2.0, 2.0],
    "mul_": [6.0, 12.0],
    "div_": [0.0, 0.0],
    "neg_": [-3.0, -3.0],
    "pow_": [81.0, 324.0],
    "zero_": [0.0, 0.0],
    "fill_ number": [0.0, 0.0],
    "fill_ tensor": [2.0, 0.0],
    "copy_": [1.0, 1.0],
    "one place": [0.0, 4.0],
    "a number": [0.0, 3.0],
    "all": [1.0, 1.0],
    "a list": [1.0, 1.0],
    "a mask": [3.0, 0.0],
}


@pytest.mark.parametrize("name", IN_PLACE)
def test_each_change_in_place_has_its_node(torch, name):
    """The same names as out of place, and some of its own; the gradient goes around what was overwritten."""
    change, node, edges = IN_PLACE[name]
    x = leaf(torch, [1.0, 2.0])
    y = x * 3
    change(y, x)
    assert (y.grad_fn.name(), names(y)) == (node, edges)
    y.sum().backward()
    if name in GRADIENTS:
        assert x.grad.tolist() == pytest.approx(GRADIENTS[name], abs=1e-6)


def test_an_assigned_value_is_expanded_by_recorded_views(torch):
    """What is assigned to more places than it has is first viewed without leading ones, then expanded."""
    x, y = leaf(torch, [1.0, 2.0]), torch.zeros(3, 2)
    y[1:] = x
    assert names(y) == [(None, 0), ("ExpandBackward0", 0)]
    assert y.grad_fn.next_functions[1][0].next_functions[0][0].name() == "ViewBackward0"
    y.sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_a_saved_value_that_changed_is_refused(torch):
    """The message names the tensor's kind, where it came from, and both versions."""
    x = leaf(torch, [1.0, 2.0])
    y = x + 1
    z = y * y
    y.add_(1)
    with pytest.raises(RuntimeError, match=MODIFIED.format("Float", 2, ", which is output 0 of Add,", 1, 0)):
        z.sum().backward()


def test_a_saved_result_that_changed_is_refused(torch):
    """Also where the node saved its own output."""
    y = leaf(torch, [1.0, 2.0]).exp()
    y.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_a_saved_constant_that_changed_is_refused(torch):
    """A tensor outside the graph has no origin to name."""
    x, c = leaf(torch, [1.0, 2.0]), torch.tensor([3.0, 4.0], dtype=torch.float64)
    z = x * c
    c.zero_()
    with pytest.raises(RuntimeError, match=MODIFIED.format("Double", 2, "", 1, 0)):
        z.sum().backward()


def test_a_product_in_place_keeps_a_copy_of_itself(torch):
    """`y *= x` works, `y.mul_(y)` doesn't."""
    x = leaf(torch)
    y = x * 3
    y *= x
    y.backward()
    assert x.grad.item() == 12.0
    y = x * 3
    y.mul_(y)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.backward()


def test_without_grad_the_node_stays_and_the_version_counts(torch):
    """A change that is not recorded is counted all the same."""
    y = leaf(torch) * 3
    node = y.grad_fn
    with torch.no_grad():
        y.add_(1)
    assert (y.grad_fn is node, y._version) == (True, 1)


def test_a_change_of_a_view_is_a_change_of_its_base(torch):
    """Both get a new history."""
    x = leaf(torch, [1.0, 2.0])
    y = x * 3
    v = y[0]
    v.mul_(2)
    assert y.grad_fn.name() == "torch::autograd::CopySlices"
    assert (v.grad_fn.name(), v.grad_fn.next_functions[0][0] is y.grad_fn) == ("AsStridedBackward0", True)
    (y.sum() + v).backward()
    assert x.grad.tolist() == [12.0, 3.0]


def test_a_change_of_the_base_reaches_its_views(torch):
    """A view taken before shows the new values, and has their gradient."""
    x = leaf(torch, [[1.0, 2.0], [3.0, 4.0]])
    y = x * 3
    v = y.t()[0]
    y.mul_(2)
    assert v.tolist() == [6.0, 18.0]
    v.sum().backward()
    assert x.grad.tolist() == [[6.0, 0.0], [6.0, 0.0]]


def test_a_view_of_a_constant_joins_with_its_base(torch):
    """Either of them may be changed."""
    x, n = leaf(torch, [1.0, 2.0]), torch.zeros(2)
    v = n[0]
    n.add_(x)
    assert v.requires_grad
    v.backward()
    assert x.grad.tolist() == [1.0, 0.0]
    m = torch.zeros(2)
    m[1] = x[0] * 5
    m.sum().backward()
    assert x.grad.tolist() == [6.0, 0.0]


def test_changes_in_place_have_second_derivatives(torch):
    """The way around an overwritten part is recorded too."""
    x = leaf(torch, [1.0, 2.0])
    y = x * x
    y[0] = x[1] ** 3
    y.mul_(x)
    (g,) = torch.autograd.grad(y.sum(), x, create_graph=True)
    assert g.tolist() == [8.0, 24.0]
    (gg,) = torch.autograd.grad(g.sum(), x)
    assert gg.tolist() == [12.0, 36.0]


def test_a_view_knows_its_base(torch):
    """The base of a view of a view is the first tensor."""
    y = leaf(torch, [[1.0, 2.0]]) * 1
    assert y.t()[0]._base is y
    assert y._base is None


def test_an_expanded_tensor_cannot_change_in_place(torch):
    """Several of its elements are one place in memory."""
    y = (leaf(torch, [1.0, 2.0]) * 1).expand(3, 2)
    with pytest.raises(RuntimeError, match="more than one element of the written-to tensor refers to a single memory"):
        y.add_(1)


AFTER = {
    "one of several, recorded": (
        lambda t, x: (x * 1, lambda y: y.unbind()[1]),
        (
            "Output 1 of Unbind is a view and its base or another view of its base has been modified inplace. "
            "This view is the"
        ),
    ),
    "one of several, of a constant": (
        lambda t, x: (t.zeros(2), lambda y: y.unbind()[1]),
        (
            "A view was created in no_grad mode and its base or another view of its base has been modified "
            "inplace with grad "
            "mode enabled. This view is the"
        ),
    ),
    "made without grad, of a recorded tensor": (
        lambda t, x: (x * 1, lambda y: t.no_grad()(lambda: y[0])()),
        (
            "A view was created in no_grad mode and its base or another view of its base has been modified "
            "inplace with grad "
            "mode enabled. Given that this use case is ambiguous"
        ),
    ),
    "made without grad": (
        lambda t, x: (t.zeros(2), lambda y: t.no_grad()(lambda: y[0])()),
        (
            "A view was created in no_grad mode and its base or another view of its base has been modified "
            "inplace with grad "
            "mode enabled. Given that this use case is ambiguous"
        ),
    ),
}


@pytest.mark.parametrize("name", AFTER)
def test_views_that_cannot_follow_their_base_say_so(torch, name):
    """When they are used after the base has changed."""
    make, text = AFTER[name]
    x = leaf(torch, [1.0, 2.0])
    y, view = make(torch, x)
    v = view(y)
    y.add_(x)
    with pytest.raises(RuntimeError, match=text):
        v.tanh().sum().backward()


@pytest.mark.parametrize("change", [lambda y, v: y.mul_(2), lambda y, v: v.mul_(2)])
def test_a_retained_gradient_follows_a_view(torch, change):
    """When its base changes, and when it changes itself."""
    x = leaf(torch, [1.0, 2.0])
    y = x * 1
    v = y[0]
    v.retain_grad()
    change(y, v)
    (v * 3 + y.sum()).backward()
    assert (v.grad.item(), v.retains_grad) == (3.0, True)


def test_a_view_keeps_its_history_when_its_base_gives_up_its_own(torch):
    """As long as neither changes."""
    x = leaf(torch, [1.0, 2.0])
    v = x[:1]
    x.requires_grad_(False)
    assert names(v) == [("AccumulateGrad", 0)]
    x.add_(1)
    assert (v.grad_fn.name(), names(v)) == ("AsStridedBackward0", [(None, 0)])


def test_elements_that_share_memory_may_have_one_number_together(torch):
    """They are all filled at once, as in a hook that stops the gradient of a sum."""
    x = leaf(torch, [1.0, 2.0])
    y = x * 2
    y.register_hook(lambda gradient: gradient.zero_())
    y.sum().backward()
    assert x.grad.tolist() == [0.0, 0.0]
    one = torch.ones(1)
    one.expand(3).fill_(4.0)
    one.expand(3)[0] += 1
    assert (one.tolist(), one._version) == ([5.0], 3)


@pytest.mark.parametrize(
    "change", [lambda y: y.add_(1), lambda y: y.fill_(y.sum()), lambda y: y.__setitem__(slice(None), 0.0)]
)
def test_elements_that_share_memory_can_have_nothing_else(torch, change):
    """Which of them would come last?"""
    with pytest.raises(RuntimeError, match="more than one element of the written-to tensor refers to a single memory"):
        change(torch.ones(1).expand(3))


SHIFTED = {
    "shift": lambda w: w[1:].add_(w[:-1]),
    "copy": lambda w: w[1:].copy_(w[:-1]),
    "assignment": lambda w: w.__setitem__(slice(1, None), w[:-1]),
    "one of all": lambda w: w.mul_(w[0]),
    "another shape": lambda w: w.add_(w.view(1, 4)),
    "transposed": lambda w: w.view(2, 2).add_(w.view(2, 2).t()),
    "places": lambda w: w.__setitem__([1, 2], w[:2]),
    "all places": lambda w: w.__setitem__([0, 1, 2, 3], w),
    "number at places": lambda w: w.__setitem__([1, 2], w[0]),
    "under a mask": lambda w: w.__setitem__(w > 1, w[:2]),
}


@pytest.mark.parametrize("name", SHIFTED)
def test_nothing_is_written_over_what_is_still_to_be_read(torch, name):
    """Operands may share all of their memory, element by element, or none."""
    w = torch.arange(4.0)
    with pytest.raises(
        RuntimeError, match="some elements of the input tensor and the written-to tensor refer to a sin"
    ):
        SHIFTED[name](w)
    assert (w.tolist(), w._version) == ([0.0, 1.0, 2.0, 3.0], 0)


def test_operands_may_share_all_of_their_memory_or_none(torch):
    """A number that fills a tensor is taken out first."""
    w = torch.arange(4.0)
    w.add_(w.detach())
    w[:2] += w[2:]
    w[::2].mul_(w[1::2])
    assert w.tolist() == [32.0, 8.0, 24.0, 6.0]
    w[:] = w[1]
    w[w > 0] = w[0]
    w[[0, 1]] = w[::2]
    assert w.tolist() == [8.0] * 4


def test_indices_may_not_share_memory_with_what_they_change(torch):
    """A mask may, if it is what it changes."""
    places, mask = torch.arange(4), torch.tensor([True, False, True])
    for key in (places, places[:2]):
        with pytest.raises(RuntimeError, match="some elements of the input tensor and the written-to tensor refer"):
            places[key] = 7
    mask[mask] = False
    assert (places.tolist(), mask.tolist()) == ([0, 1, 2, 3], [False] * 3)


def test_a_change_at_the_end_of_a_long_chain_of_views(torch):
    """Each view knows one step more than the one it was taken of, and nothing recurses."""
    x = torch.ones(3, requires_grad=True)
    y = x * 1
    view = y
    for _ in range(10_000):
        view = view[0:]
    view.mul_(2)
    y.sum().backward()
    assert x.grad.tolist() == [2.0, 2.0, 2.0]
