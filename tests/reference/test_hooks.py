"""Hooks: when they run, what they see, and what they may return."""

import pytest

from tests.reference.conftest import leaf


def test_tensor_hooks_run_in_order_and_see_the_one_before(torch):
    """Each tensor hook gets what the one before returned; None keeps the gradient."""
    x, seen = leaf(torch, 2.0), []
    x.register_hook(lambda g: g * 2)
    x.register_hook(lambda g: seen.append(g.item()))
    x.register_hook(lambda g: g + 1)
    (x * 3).backward()
    assert seen == [6.0]
    assert x.grad.item() == 7.0


def test_a_tensor_hook_runs_once_with_the_total(torch):
    """A value used twice has its hook called once, with the sum."""
    x, seen = leaf(torch, 2.0), []
    y = x * 1
    y.register_hook(lambda g: seen.append(g.item()))
    (y * 3 + y * 4).backward()
    assert seen == [7.0]


def test_the_order_around_a_leaf(torch):
    """Tensor hook, prehook of the accumulator, post-accumulate hook, hook of the accumulator."""
    x, seen = leaf(torch, 2.0), []
    y = x * 3
    acc = y.grad_fn.next_functions[0][0]
    acc.register_hook(lambda gi, go: seen.append(("hook", gi, go[0].item(), x.grad.item())))
    x.register_post_accumulate_grad_hook(lambda p: seen.append(("post", p is x, x.grad.item())))
    acc.register_prehook(lambda go: seen.append(("pre", go[0].item(), x.grad)))
    x.register_hook(lambda g: seen.append(("tensor", g.item())))
    y.backward()
    assert seen == [("tensor", 3.0), ("pre", 3.0, None), ("post", True, 3.0), ("hook", (), 3.0, 3.0)]


def test_the_order_around_an_inner_node(torch):
    """Tensor hooks, then the retained gradient, prehooks, the node, its hooks."""
    x, seen = leaf(torch, 2.0), []
    y = x * 3
    y.retain_grad()
    y.grad_fn.register_hook(lambda gi, go: seen.append(("hook", [g and g.item() for g in gi], go[0].item())))
    y.grad_fn.register_prehook(lambda go: seen.append(("pre", go[0].item(), y.grad.item())))
    y.register_hook(lambda g: g * 10)
    (y * 2).backward()
    assert seen == [("pre", 20.0, 20.0), ("hook", [60.0, None], 20.0)]
    assert y.grad.item() == 20.0


def test_a_node_hook_sees_gradients_already_reduced(torch):
    """Broadcasting is undone before the hooks of a node."""
    x, seen = leaf(torch, 2.0), []
    c = torch.tensor([1.0, 2.0, 3.0])
    y = x * c
    y.grad_fn.register_hook(lambda gi, go: seen.append((tuple(gi[0].shape), gi[1])))
    y.sum().backward()
    assert seen == [((), None)]


def test_prehooks_and_hooks_replace_gradients(torch):
    """What a prehook or hook of a node returns takes the place of the gradients."""
    x = leaf(torch, 2.0)
    y = x * 3
    y.grad_fn.register_prehook(lambda go: (go[0] * 10,))
    y.grad_fn.register_hook(lambda gi, go: (gi[0] + 1, gi[1]))
    y.backward()
    assert x.grad.item() == 31.0


@pytest.mark.parametrize(
    ("register", "hook", "error", "text"),
    [
        (lambda x, y: x.register_hook, lambda *_: 3, TypeError, "expected Variable, but hook returned 'int'"),
        (
            lambda x, y: x.register_hook,
            lambda g: g.reshape(1, 1),
            RuntimeError,
            "hook '<lambda>' has changed the size of value",
        ),
        (
            lambda x, y: y.grad_fn.register_hook,
            lambda gi, go: go[0],
            TypeError,
            "expected tuple, but hook returned 'Tensor'",
        ),
        (
            lambda x, y: y.grad_fn.register_hook,
            lambda gi, go: (gi[0],),
            RuntimeError,
            r"hook '<lambda>' has returned an incorrect number of values \(got 1, but expected 2\)",
        ),
    ],
)
def test_a_hook_that_returns_nonsense_is_refused(torch, register, hook, error, text):
    """The message says what the hook did."""
    x = leaf(torch, 2.0)
    y = x * 3
    register(x, y)(hook)
    with pytest.raises(error, match=text):
        y.backward()


def test_registering_where_no_gradient_comes_is_refused(torch):
    """Hooks need a tensor that requires grad; post-accumulate hooks need a leaf."""
    x, c = leaf(torch, 2.0), torch.tensor(1.0)
    with pytest.raises(RuntimeError, match="cannot register a hook on a tensor that doesn't require gradient"):
        c.register_hook(print)
    with pytest.raises(RuntimeError, match="can't retain_grad on Tensor that has requires_grad=False"):
        c.retain_grad()
    with pytest.raises(RuntimeError, match="post accumulate grad hooks cannot be registered on non-leaf tensors"):
        (x * 2).register_post_accumulate_grad_hook(print)
    with pytest.raises(RuntimeError, match="require"):
        c.register_post_accumulate_grad_hook(print)


def test_retained_gradients_accumulate_out_of_place(torch):
    """Unlike a leaf's, the `.grad` of an inner tensor is a new object after each pass."""
    x = leaf(torch, 2.0)
    y = x * 3
    y.retain_grad()
    z = y + 1
    z.backward(retain_graph=True)
    first = y.grad
    z.backward(retain_graph=True)
    assert (first.item(), y.grad.item(), first is y.grad, y.retains_grad) == (1.0, 2.0, False, True)


def test_retain_grad_on_a_leaf_does_nothing(torch):
    """A leaf keeps its gradient anyway."""
    x = leaf(torch, 2.0)
    x.retain_grad()
    assert x.retains_grad is False


def _own(torch):
    class Own(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, y):
            ctx.save_for_backward(x, y)
            return x * y

        @staticmethod
        def backward(ctx, gradient):
            x, y = ctx.saved_tensors
            return gradient * y, gradient * x

    return Own.apply


def _put(x, y):
    changed = x * 1
    changed[0] = y[0]
    return changed


TO_ONE_INPUT = {
    "product": (lambda torch, x, y: x * y, [None, [2.0]]),
    "maximum": (lambda torch, x, y: torch.maximum(x, y), [None, [0.0]]),
    "matrices": (lambda torch, x, y: x[None] @ y[:, None], [None, [[2.0]]]),
    "assignment": (lambda torch, x, y: _put(x, y), [None, 1.0]),
    "several": (lambda torch, x, y: torch.cat([x, y]), [[1.0], [1.0]]),
    "own function": (lambda torch, x, y: _own(torch)(x, y), [[1.0], [2.0]]),
}


@pytest.mark.parametrize("name", TO_ONE_INPUT)
@pytest.mark.parametrize("into_leaf", [False, True])
def test_a_node_makes_no_gradient_that_the_pass_has_no_input_for(torch, name, into_leaf):
    """Its hook sees None there; users' own functions, and those of a list, make all they can."""
    x, y = leaf(torch, [2.0]), leaf(torch, [1.0])
    combine, expected = TO_ONE_INPUT[name]
    z = combine(torch, x, y)
    seen = []
    z.grad_fn.register_hook(lambda given, _: seen.extend(each if each is None else each.tolist() for each in given))
    if into_leaf:
        z.sum().backward(inputs=[y])
        assert x.grad is None
    else:
        torch.autograd.grad(z.sum(), y)
    assert seen == expected


def test_an_only_root_has_its_tensors_hooks_called_even_if_it_leads_nowhere(torch):
    """Its node doesn't run; of several roots, only those that lead to an input are met."""
    x, unused = leaf(torch), leaf(torch)
    y = x * 3
    seen = []
    y.register_hook(lambda gradient: seen.append(gradient.item()))
    y.grad_fn.register_prehook(lambda gradients: seen.append("node"))
    y.retain_grad()
    assert torch.autograd.grad(y, unused, allow_unused=True, retain_graph=True) == (None,)
    assert (seen, y.grad.item()) == ([1.0], 1.0)
    assert torch.autograd.grad([y, x * 2], unused, allow_unused=True) == (None,)
    assert (seen, y.grad.item(), x.grad) == ([1.0], 1.0, None)


def test_an_unused_sibling_has_its_hook_called_with_none(torch):
    """The outputs of one node are there together, also those without a gradient."""
    x, seen = leaf(torch, [1.0, 2.0]), []
    a, b = x.unbind()
    a.register_hook(lambda g: seen.append(("a", g)))
    b.grad_fn.register_prehook(lambda go: seen.append(("node", go[0], go[1].item())))
    (b * 4).backward()
    assert seen == [("a", None), ("node", None, 4.0)]


def test_a_missing_gradient_cannot_be_replaced(torch):
    """A hook that answers None with a tensor is refused."""
    x = leaf(torch, [1.0, 2.0])
    a, b = x.unbind()
    a.register_hook(lambda g: torch.tensor(1.0))
    with pytest.raises(RuntimeError, match="can't replace a None gradient with a non-None value"):
        (b * 4).backward()


def test_autograd_grad_runs_tensor_hooks_but_nothing_of_the_accumulator(torch):
    """The hooks of `x` change the result of `grad`; accumulating hooks stay silent."""
    x, seen = leaf(torch, 2.0), []
    y = x * 3
    x.register_hook(lambda g: g * 10)
    x.register_post_accumulate_grad_hook(lambda p: seen.append("post"))
    y.grad_fn.next_functions[0][0].register_hook(lambda gi, go: seen.append("hook"))
    (g,) = torch.autograd.grad(y, x, retain_graph=True)
    assert (g.item(), x.grad, seen) == (30.0, None, [])
    y.backward(inputs=[x])
    assert (x.grad.item(), seen) == (30.0, ["post", "hook"])


def test_hooks_of_branches_without_an_input_do_not_run(torch):
    """A pass restricted to `x` leaves other branches alone."""
    x, y, seen = leaf(torch, 2.0), leaf(torch, 3.0), []
    p, q = x * 2, y * 2
    q.register_hook(lambda g: seen.append("q"))
    torch.autograd.grad(p * q, x)
    assert seen == []


def test_a_captured_inner_tensor_is_taken_before_its_hooks_where_the_pass_goes_on(torch):
    """PyTorch gives the gradient as it arrived, unless the pass ends there: then as the hooks left it."""
    x = leaf(torch, 2.0)
    y = x * 3
    y.register_hook(lambda g: g * 10)
    z = y * 1
    gy, gx = torch.autograd.grad(z, [y, x], retain_graph=True)
    assert (gy.item(), gx.item()) == (1.0, 30.0)
    assert torch.autograd.grad(z, y)[0].item() == 10.0


def test_hooks_stay_with_the_value_before_a_change_in_place(torch):
    """A tensor hook belongs to the old value, a retained gradient follows the tensor."""
    x, seen = leaf(torch, 2.0), []
    y = x * 3
    y.retain_grad()
    y.register_hook(lambda g: seen.append(g.item()))
    y.mul_(2)
    (y * 5).backward()
    assert (seen, y.grad.item()) == ([10.0], 5.0)


def test_a_removed_hook_is_silent(torch):
    """A handle takes its hook out again, also as a `with` block."""
    x, seen = leaf(torch, 2.0), []
    handle = x.register_hook(lambda g: seen.append(1))
    handle.remove()
    handle.remove()
    with x.register_hook(lambda g: seen.append(2)):
        pass
    (x * 3).backward()
    assert seen == []


def test_tensor_hooks_outlive_the_accumulator_node_hooks_do_not(torch):
    """With the last graph the accumulator goes, and its hooks with it; those of the leaf stay."""
    x, seen = leaf(torch, 2.0), []
    y = x * 2
    y.grad_fn.next_functions[0][0].register_hook(lambda gi, go: seen.append("node"))
    x.register_hook(lambda g: seen.append("leaf"))
    del y
    (x * 3).backward()
    assert seen == ["leaf"]


def test_a_leaf_that_gets_only_none_has_its_hook_called_with_none(torch):
    """A missing gradient arrives at a leaf like any other."""

    class Nothing(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

        @staticmethod
        def backward(ctx, g):
            return None

    x, seen = leaf(torch, 2.0), []
    x.register_hook(seen.append)
    Nothing.apply(x).backward()
    assert (seen, x.grad) == ([None], None)


def test_an_exception_in_a_hook_passes_through(torch):
    """It arrives unchanged; gradients that had reached a leaf stay, and the engine goes on working."""
    x, y = leaf(torch, 2.0), leaf(torch, 3.0)
    p = x * 2
    q = p + y

    def boom(g):
        raise KeyError("mine")

    p.register_hook(boom)
    with pytest.raises(KeyError, match="mine"):
        q.backward()
    assert (x.grad, y.grad.item()) == (None, 1.0)
    (x * 5).backward()
    assert x.grad.item() == 5.0
    assert torch.is_grad_enabled()


def test_a_hook_sees_all_that_a_node_returns(torch):
    """Formulas are run for those alone that wait; joined tensors are taken apart for constants, too."""
    x, constant = leaf(torch, [1.0, 2.0]), torch.ones(2)
    seen = []
    for y in (torch.cat([constant, x]), torch.stack([constant, x]), constant * x):
        y.grad_fn.register_hook(
            lambda results, _: seen.append([None if each is None else each.numel() for each in results])
        )
        y.sum().backward()
    assert seen == [[2, 2], [2, 2], [None, 2]]
    assert (x.grad.tolist(), constant.grad) == ([3.0, 3.0], None)
