"""Operations written by users, gradient edges, gradcheck."""

import re

import pytest

from tests.reference.conftest import leaf


def cube(torch):
    """A function of a tensor and a number."""

    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            ctx.save_for_backward(x)
            ctx.factor = factor
            ctx.recording = torch.is_grad_enabled()
            return x**3 * factor

        @staticmethod
        def backward(ctx, g):
            (x,) = ctx.saved_tensors
            return g * 3 * x**2 * ctx.factor, None

    return Cube


def test_a_users_operation_is_one_node(torch):
    """Named after the class, with edges for tensors only; ctx is the node."""
    x = leaf(torch)
    y = cube(torch).apply(x, 10)
    assert (y.item(), y.grad_fn.name(), len(y.grad_fn.next_functions)) == (80.0, "CubeBackward", 1)
    assert (y.grad_fn.needs_input_grad, y.grad_fn.recording) == ((True, False), False)
    assert y.grad_fn.saved_tensors[0] is x
    assert repr(y.grad_fn).startswith("<torch.autograd.function.CubeBackward object at 0x")
    (g,) = torch.autograd.grad(y, x, create_graph=True)
    assert (g.item(), torch.autograd.grad(g, x)[0].item()) == (120.0, 120.0)
    y = cube(torch).apply(x, 10)
    y.backward()
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        y.backward()


def test_setup_context_may_stand_apart(torch):
    """Then `forward` takes no ctx."""

    class Scale(torch.autograd.Function):
        @staticmethod
        def forward(x, k):
            return x * k

        @staticmethod
        def setup_context(ctx, inputs, output):
            ctx.k = inputs[1]

        @staticmethod
        def backward(ctx, g):
            return g * ctx.k, None

    x = leaf(torch)
    Scale.apply(x, 3.0).backward()
    assert x.grad.item() == 3.0


def test_a_function_is_no_object(torch):
    """To make one warns, to call one is an error."""
    with pytest.warns(DeprecationWarning, match="should not be instantiated. Methods on autograd functions are all"):
        function = cube(torch)()
    with pytest.raises(RuntimeError, match="Legacy autograd function with non-static forward method is deprecated"):
        function(leaf(torch))


def two(torch, materialize=True):
    """A function with two results."""

    class Two(torch.autograd.Function):
        seen = []  # noqa: RUF012  # shared by all calls, to look into afterwards

        @staticmethod
        def forward(ctx, x):
            ctx.set_materialize_grads(materialize)
            return x * 2, x * 3

        @staticmethod
        def backward(ctx, a, b):
            Two.seen.append((a and a.item(), b.item()))
            return b

    return Two


@pytest.mark.parametrize(("materialize", "first"), [(True, 0.0), (False, None)])
def test_missing_gradients_arrive_as_zeros_or_none(torch, materialize, first):
    """As `set_materialize_grads` says."""
    x, function = leaf(torch), two(torch, materialize)
    _, b = function.apply(x)
    b.backward()
    seen = [(None if a is None else float(a), b) for a, b in function.seen]
    assert seen == [(first, 1.0)]


def returning(torch, value):
    """A function of two tensors whose backward returns what `value` makes of the gradient."""

    class Fn(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, y):
            return x * y

        @staticmethod
        def backward(ctx, g):
            return value(g)

    return Fn


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (lambda g: g, r"function FnBackward returned an incorrect number of gradients \(expected 2, got 1\)"),
        (lambda g: (g, g, g), r"function FnBackward returned an incorrect number of gradients \(expected 2, got 3\)"),
        (lambda g: (g.reshape(1).expand(3), g), None),
        (lambda g: (g, g, None), None),
        (lambda g: (None, g), None),
    ],
)
def test_the_number_of_gradients_must_fit(torch, value, text):
    """Extra ones may be None; expandable ones are summed to size."""
    x, y = leaf(torch), leaf(torch)
    out = returning(torch, value).apply(x, y)
    if text is None:
        out.backward()
        assert y.grad.item() == 1.0
    else:
        with pytest.raises(RuntimeError, match=text):
            out.backward()


def test_a_gradient_for_a_number_is_refused(torch):
    """Only tensors have gradients."""
    x = leaf(torch)
    out = returning(torch, lambda g: (g, g)).apply(x, 3.0)
    with pytest.raises(RuntimeError, match="returned a gradient different than None at position 2"):
        out.backward()


def test_a_gradient_of_an_impossible_shape_is_refused(torch):
    """The message names the node, the place and both shapes."""
    x, y = leaf(torch, [1.0, 2.0]), leaf(torch, [1.0, 2.0])
    out = returning(torch, lambda g: (g[:1].expand(3), g)).apply(x, y)
    text = r"FnBackward returned an invalid gradient at index 0 - got \[3\] but expected shape compatible with \[2\]"
    with pytest.raises(RuntimeError, match=text):
        out.sum().backward()


def test_an_argument_that_is_returned_becomes_another_tensor(torch):
    """So that the argument keeps its own history."""

    class Same(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x

        @staticmethod
        def backward(ctx, g):
            return g * 7

    x = leaf(torch)
    y = Same.apply(x)
    assert y is not x
    y.backward()
    assert x.grad.item() == 7.0


def test_what_is_missing_or_wrong_in_a_function_is_said(torch):
    """No backward, no forward, something else than tensors saved."""

    class NoBackward(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2

    class Saves(NoBackward):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(3)
            return x * 2

    class Empty(torch.autograd.Function):
        pass

    x = leaf(torch)
    with pytest.raises(NotImplementedError, match="You must implement either the backward or vjp method"):
        NoBackward.apply(x).backward()
    with pytest.raises(TypeError, match="save_for_backward can only save variables, but argument 0 is of type int"):
        Saves.apply(x)
    with pytest.raises(NotImplementedError, match="You must implement the forward function"):
        Empty.apply(x)


def test_whole_numbers_have_no_slope_to_check(torch):
    """What jumps where the numbers are rounded is no mistake of the gradient."""
    assert torch.autograd.gradcheck(lambda x: x.long(), torch.ones(2, dtype=torch.float64, requires_grad=True))


def test_a_result_can_be_marked_as_not_differentiable(torch):
    """It requires no gradient; the other does."""

    class Marked(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            a, b = x * 2, x > 0
            ctx.mark_non_differentiable(b)
            return a, b

        @staticmethod
        def backward(ctx, g, _):
            return g * 2

    a, b = Marked.apply(leaf(torch))
    assert (a.requires_grad, b.requires_grad) == (True, False)


def test_an_own_result_can_be_saved_without_a_cycle(torch):
    """It comes back with the node as its origin."""

    class Exp(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            y = x.exp()
            ctx.save_for_backward(y)
            return y

        @staticmethod
        def backward(ctx, g):
            (y,) = ctx.saved_tensors
            return g * y

    x = leaf(torch, 0.0)
    y = Exp.apply(x)
    assert y.grad_fn.saved_tensors[0].grad_fn is y.grad_fn
    (g,) = torch.autograd.grad(y, x, create_graph=True)
    (gg,) = torch.autograd.grad(g, x)
    assert (g.item(), gg.item()) == (1.0, 1.0)


def test_a_gradient_edge_stands_for_a_tensor(torch):
    """As root and as input; that of a leaf is its accumulator."""
    x = leaf(torch)
    y = x * 3
    z = y * y
    edge, of_leaf = torch.autograd.graph.get_gradient_edge(y), torch.autograd.graph.get_gradient_edge(x)
    assert (edge.node is y.grad_fn, edge.output_nr, len(edge)) == (True, 0, 3)
    assert of_leaf.node.name() == "torch::autograd::AccumulateGrad"
    assert torch.autograd.grad(z, [edge, of_leaf], retain_graph=True)[0].item() == 12.0
    assert torch.autograd.grad(edge, x, torch.tensor(1.0), retain_graph=True)[0].item() == 3.0
    z.backward(inputs=[of_leaf])
    assert x.grad.item() == 36.0


def test_gradcheck_accepts_right_and_refuses_wrong_gradients(torch):
    """By central differences in float64."""
    x = torch.tensor([0.5, 1.5], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda v: (v * v).sum() + v.exp(), (x,))
    assert torch.autograd.gradgradcheck(lambda v: v**3, (x,))
    assert torch.autograd.gradgradcheck(lambda v: v**3, (x,), torch.ones_like(x), check_undefined_grad=True)

    class Wrong(torch.autograd.Function):
        @staticmethod
        def forward(ctx, v):
            return v * 2

        @staticmethod
        def backward(ctx, g):
            return g * 3

    with pytest.raises(RuntimeError, match="Jacobian mismatch for output 0 with respect to input 0"):
        torch.autograd.gradcheck(Wrong.apply, (x,))
    assert torch.autograd.gradcheck(Wrong.apply, (x,), raise_exception=False) is False
    with pytest.raises(ValueError, match="gradcheck expects at least one input tensor to require gradient"):
        torch.autograd.gradcheck(lambda v: v, (torch.tensor([1.0], dtype=torch.float64),))


IN_FUNCTION = "This view was created inside a custom Function (or because an input was returned as-is)"
SEVERAL = "This view is the output of a function that returns multiple views."
OF_A_LEAF = "a view of a leaf Variable that requires grad is being used in an in-place operation."


def with_forward(torch, result, name="F"):
    """A function with this forward, and a formula that passes on what comes."""
    members = {
        "forward": staticmethod(result),
        "backward": staticmethod(lambda ctx, *gradients: gradients[0]),
    }
    return type(name, (torch.autograd.Function,), members)


def doubled(ctx, value, *others):
    """The value, changed in place."""
    ctx.mark_dirty(value.mul_(2))
    return (value, *others) if others else value


# What happens to an inner tensor h of two elements, and what is said about it.
FORBIDDEN_CHANGES = {
    "view": (f"Output 0 of F is a view and is being modified inplace. {IN_FUNCTION}", lambda f, h: f[0](h).add_(1)),
    "view of a view": (
        f"Output 0 of Select is a view and is being modified inplace. {IN_FUNCTION}",
        lambda f, h: f[0](h)[0].add_(1),
    ),
    "input": (f"Output 0 of F is a view and is being modified inplace. {IN_FUNCTION}", lambda f, h: f[1](h).add_(1)),
    "several": (f"Output 1 of F is a view and is being modified inplace. {SEVERAL}", lambda f, h: f[2](h)[1].add_(1)),
    "base": (
        f"Output 0 of F is a view and its base or another view of its base has been modified inplace. {IN_FUNCTION}",
        lambda f, h: (f[0](h), h.add_(1))[0].grad_fn,
    ),
    "one of several": (
        f"Output 0 of Unbind is a view and is being modified inplace. {SEVERAL}",
        lambda f, h: f[3](h.unbind()[0]),
    ),
    "view and more": (
        "If your Function modifies inplace an input that is a view of another Tensor, your Function cannot return more",
        lambda f, h: f[3](h[:1], h.detach()),
    ),
}


@pytest.mark.parametrize("name", FORBIDDEN_CHANGES)
def test_a_view_that_a_function_returned_is_not_changed_in_place(torch, name):
    """Each forbidden change is refused in PyTorch's words."""
    text, change = FORBIDDEN_CHANGES[name]
    functions = [
        with_forward(torch, lambda ctx, value: value.view(2, 1)).apply,
        with_forward(torch, lambda ctx, value: value).apply,
        with_forward(torch, lambda ctx, value: (value * 2, value)).apply,
        with_forward(torch, doubled).apply,
    ]
    with pytest.raises(RuntimeError, match=re.escape(text)):
        change(functions, leaf(torch, [1.0, 2.0]) * 1)


def test_a_view_of_a_leaf_is_not_changed_by_a_function(torch):
    """As it isn't by any operation."""
    with pytest.raises(RuntimeError, match=re.escape(OF_A_LEAF)):
        with_forward(torch, doubled).apply(leaf(torch, [1.0, 2.0])[:1])


def test_an_input_that_comes_back_is_a_view_of_it(torch):
    """Another tensor with the same memory, whose node is the function's; a change of the input makes it invalid."""
    h = leaf(torch, [1.0, 2.0]) * 1
    z = with_forward(torch, lambda ctx, value: value).apply(h)
    assert z is not h
    assert z._base is h
    assert z.grad_fn.name() == "FBackward"
    h.add_(1)
    assert repr(z) == "tensor([2., 3.], grad_fn=<Invalid>)"


def test_the_formula_may_be_called_vjp(torch):
    """PyTorch's other name of `backward`."""
    members = {
        "forward": staticmethod(lambda ctx, value: value * 2),
        "vjp": staticmethod(lambda ctx, gradient: gradient * 2),
    }
    x = leaf(torch)
    type("F", (torch.autograd.Function,), members).apply(x).backward()
    assert x.grad.item() == 2.0
