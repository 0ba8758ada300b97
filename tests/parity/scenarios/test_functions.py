"""Section 11: users' own functions."""

import pytest

from autograder import exercise


def function(torch, forward, backward):
    """A user's function MyFn with these two methods."""
    methods = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
    return type("MyFn", (torch.autograd.Function,), methods)


def scaled(torch, backward):
    """A function of a tensor and a number."""
    return function(torch, lambda ctx, value, number: value * number, backward)


RETURNED = {
    "too-few": lambda gradient: (gradient,),
    "trailing-none": lambda gradient: (gradient, None, None),
    "too-many": lambda gradient: (gradient, None, gradient),
    "none": lambda gradient: (None, None),
    "for-a-number": lambda gradient: (gradient, gradient),
}


@exercise("parity.functions")
def test_the_node_of_a_function(torch, see):
    """C1: named after the class; edges for tensors only; `ctx` is the node and knows which inputs need gradients."""
    seen = []

    def forward(ctx, value, number, constant):
        seen.append(ctx)
        seen.append(ctx.needs_input_grad)
        return value * number + constant

    x = torch.tensor([2.0], requires_grad=True)
    y = function(torch, forward, lambda ctx, gradient: (gradient * 3, None, None)).apply(x, 3, torch.tensor([1.0]))
    see.value(y.grad_fn.name())
    see.value(type(y.grad_fn).__name__)
    see.graph(y, x=x)
    see.identical(seen[0], y.grad_fn)
    see.value(seen[1])
    y.backward()
    see.grad(x)


@exercise("parity.functions")
def test_arguments_by_name(torch, see):
    """C1: they take the places that they have in `forward`; one that is left out must be the last."""
    x = torch.tensor([2.0], requires_grad=True)
    k = torch.tensor([5.0], requires_grad=True)

    def forward(ctx, value, factor, plus=1):
        see.value(ctx.needs_input_grad)
        return value * factor + plus

    named = function(torch, forward, lambda ctx, gradient: (gradient * 5, gradient * 2))
    y = named.apply(factor=k, value=x)
    see.graph(y, x=x, k=k)
    y.backward()
    see.grad(x)
    see.grad(k)
    for arguments in ({"plus": 1}, {"value": x}, {"number": 1}):
        with see.raises(text=True):
            named.apply(x, **arguments)


@exercise("parity.functions")
def test_saved_tensors(torch, see):
    """C1: a saved leaf comes back itself, and is gone after the pass."""
    found = []

    def forward(ctx, value):
        ctx.save_for_backward(value)
        return value * value

    def backward(ctx, gradient):
        (value,) = ctx.saved_tensors
        found.append(value)
        return gradient * 2 * value

    x = torch.tensor([3.0], requires_grad=True)
    y = function(torch, forward, backward).apply(x)
    y.backward()
    see.identical(found[0], x)
    see.grad(x)
    with see.raises(text=True):
        y.backward()


@exercise("parity.functions")
def test_only_tensors_can_be_saved(torch, see):
    """C1: anything else is refused."""

    def forward(ctx, value):
        ctx.save_for_backward(3)
        return value * 2

    x = torch.tensor([3.0], requires_grad=True)
    with see.raises(text=True):
        function(torch, forward, lambda ctx, gradient: gradient).apply(x)


@exercise("parity.functions")
@pytest.mark.parametrize("is_materialized", [True, False])
def test_outputs_that_nobody_used(torch, see, is_materialized):
    """C1: their gradients are zeros, or None on request."""
    seen = []

    def forward(ctx, value):
        ctx.set_materialize_grads(is_materialized)
        return value * 2, value * 3

    def backward(ctx, first, second):
        seen.append((first, second))
        return first * 2 if second is None else first * 2 + second * 3

    x = torch.tensor([3.0, 1.0], requires_grad=True)
    used, _ = function(torch, forward, backward).apply(x)
    used.sum().backward()
    see.value(seen)
    see.grad(x)


@exercise("parity.functions")
@pytest.mark.parametrize("name", list(RETURNED))
def test_what_backward_may_return(torch, see, name):
    """C1: one gradient an argument; surplus None is accepted; None leaves `.grad` alone."""
    x = torch.tensor([2.0], requires_grad=True)
    y = scaled(torch, lambda ctx, gradient: RETURNED[name](gradient)).apply(x, 3)
    with see.raises(text=True):
        y.backward()
    see.grad(x)


@exercise("parity.functions")
def test_a_gradient_that_must_be_summed(torch, see):
    """C1: a larger gradient is summed to the argument's size."""
    x = torch.tensor([2.0], requires_grad=True)
    y = function(torch, lambda ctx, value: value * torch.ones(3), lambda ctx, gradient: gradient).apply(x)
    y.sum().backward()
    see.grad(x)


@exercise("parity.functions")
def test_none_runs_the_nodes_behind(torch, see):
    """C1: a node that gets only None still runs its hooks."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x.exp()
    seen = []
    y.grad_fn.register_prehook(seen.append)
    function(torch, lambda ctx, value: value * 2, lambda ctx, gradient: None).apply(y).backward()
    see.value(seen)
    see.grad(x)


@exercise("parity.functions")
def test_an_argument_returned_unchanged(torch, see):
    """C1: it becomes another tensor, with the function's node."""
    x = torch.tensor([2.0], requires_grad=True)
    y = function(torch, lambda ctx, value: value, lambda ctx, gradient: gradient * 5).apply(x)
    see.identical(y, x)
    see.value(y.grad_fn.name())
    y.backward()
    see.grad(x)


@exercise("parity.functions")
def test_a_function_without_backward(torch, see):
    """C1: the mistake shows when the pass comes to it."""
    Lacking = type("Lacking", (torch.autograd.Function,), {"forward": staticmethod(lambda ctx, value: value * 2)})
    x = torch.tensor([2.0], requires_grad=True)
    y = Lacking.apply(x)
    with see.raises(text=True):
        y.backward()


@exercise("parity.functions")
def test_results_without_gradient(torch, see):
    """`mark_non_differentiable` leaves a result outside the graph."""

    def forward(ctx, value):
        places = value.argmax()
        ctx.mark_non_differentiable(places)
        return value * 2, places

    x = torch.tensor([2.0, 3.0], requires_grad=True)
    value, places = function(torch, forward, lambda ctx, first, second: first * 2).apply(x)
    see.value((value.requires_grad, places.requires_grad))
    value.sum().backward()
    see.grad(x)


def doubling(torch, result=lambda value, other: value):
    """A function that doubles its argument in place and returns it, or something else."""

    def forward(ctx, value, other=None):
        value.mul_(2)
        ctx.mark_dirty(value)
        return result(value, other)

    return function(torch, forward, lambda ctx, *gradients: (gradients[0] * 2, None))


@exercise("parity.functions")
@pytest.mark.parametrize("part", ["all", "view", "constant"])
def test_an_argument_changed_in_place(torch, see, part):
    """`mark_dirty`: the argument itself comes back with a new history, and so does what it is a view of."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    whole = torch.ones(2) if part == "constant" else x * 3
    value = whole[:1] if part == "view" else whole
    result = doubling(torch).apply(value)
    see.value((result is value, whole, whole.requires_grad))
    if part != "constant":
        see.graph(whole, x=x)
        whole.sum().backward()
        see.grad(x)


@exercise("parity.functions")
def test_a_saved_argument_that_a_function_changes(torch, see):
    """What was saved of the argument is at another version."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 3
    square = y * y
    doubling(torch).apply(y)
    with see.raises():
        square.sum().backward()


@exercise("parity.functions")
def test_a_result_that_is_no_tensor(torch, see):
    """It takes part in the numbering of the outputs: `backward` gets None for it."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)

    def backward(ctx, first, second, third):
        see.value((first, second, third))
        return first * 2

    pair = function(torch, lambda ctx, value: (value * 2, 7, value * 3), backward).apply(x)
    see.value((pair[1], pair[2].output_nr))
    pair[0].sum().backward()
    see.grad(x)


@exercise("parity.functions")
def test_a_changed_result_of_a_function(torch, see):
    """The message names the function."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)

    def forward(ctx, value):
        result = value.exp()
        ctx.save_for_backward(result)
        return result

    y = function(torch, forward, lambda ctx, gradient: gradient * ctx.saved_tensors[0]).apply(x)
    y.add_(1)
    with see.raises(text=True):
        y.sum().backward()


@exercise("parity.functions")
def test_an_argument_is_marked_by_a_function_that_fails(torch, see):
    """Changes are counted when `forward` has returned: here there is only the one that was made."""

    def forward(ctx, value):
        ctx.mark_dirty(value)
        value.add_(1)
        raise ValueError("later")

    x = torch.tensor([1.0])
    with see.raises(text=True):
        function(torch, forward, None).apply(x)
    see.value((x, x._version))


@exercise("parity.functions")
def test_the_second_result_of_a_function_changed_in_place(torch, see):
    """V1: the text says which output it is, if the function that made it has saved it itself, and 0 otherwise."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)

    def forward(ctx, value):
        results = value * 2, value * 3
        ctx.save_for_backward(*results)
        return results

    twice, thrice = function(torch, forward, lambda ctx, *gradients: ctx.saved_tensors[1]).apply(x)
    square = thrice * thrice
    with torch.no_grad():
        thrice.mul_(twice)
    for out in square, twice:
        with see.raises(text=True):
            out.sum().backward()
