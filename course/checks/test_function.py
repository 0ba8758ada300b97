"""Public checks of the unit *Gradients of gradients*: operations of one's own."""

from autograder import exercise


def scale(torch, seen):
    """A function of a number and a tensor, which notes its `ctx`, and whether operations are recorded."""

    class Scale(torch.autograd.Function):
        @staticmethod
        def forward(ctx, factor, x):
            seen.append(ctx)
            ctx.factor = factor
            ctx.save_for_backward(x)
            ctx.was_recorded = torch.is_grad_enabled()
            return x * factor

        @staticmethod
        def backward(ctx, gradient):
            return None, gradient * ctx.factor

    return Scale


def parts(torch):
    """A function with two results, the double and the triple."""

    class Parts(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x * 2, x * 3

        @staticmethod
        def backward(ctx, first, second):
            return first * 2 + second * 3

    return Parts


@exercise("function.init")
def test_a_number_has_no_edge(torch, see):
    """A call with a number and a leaf makes a node with one edge, which leads to the leaf.

    A built-in operation keeps an empty edge for a number. A user's function doesn't: whom does `next_functions` list?
    """
    x = torch.tensor([2.0], requires_grad=True)
    out = scale(torch, []).apply(3, x)
    see.graph(out, x=x)


@exercise("function.init")
def test_ctx_knows_who_waits_for_a_gradient(torch, see):
    """`ctx.needs_input_grad` says it of each argument: of a leaf, of a constant tensor, and of a number.

    A tensor is not enough. What else must be true, so that somebody waits for its gradient?
    """
    seen = []

    class Sum(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, y, number):
            seen.append(ctx.needs_input_grad)
            return x + y + number

    Sum.apply(torch.tensor([1.0], requires_grad=True), torch.tensor([1.0]), 1)
    see.value(seen[0])


@exercise("function.node_apply")
def test_a_function_goes_backward(torch, see):
    """The gradient comes from the user's `backward`, and nothing goes to the number.

    `backward` answers for each argument; the engine wants an answer for each edge.
    """
    x = torch.tensor([2.0], requires_grad=True)
    scale(torch, []).apply(3, x).backward()
    see.grad(x)


@exercise("function.node_apply")
def test_a_result_that_nobody_used_counts_as_zero(torch, see):
    """Where only one of two results is used, `backward` gets zeros for the other. It may return one gradient alone.

    `materialized` makes the zeros. And what if there is only one argument, and no tuple comes back?
    """
    x = torch.tensor([2.0], requires_grad=True)
    _, triple = parts(torch).apply(x)
    triple.backward()
    see.grad(x)


@exercise("function.node_apply")
def test_a_gradient_for_a_number_is_refused(torch, see):
    """A `backward` that returns a gradient for a number is refused, in PyTorch's words.

    `check_results` has the words. When does it have to be asked?
    """

    class Generous(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, factor):
            return x * factor

        @staticmethod
        def backward(ctx, gradient):
            return gradient, gradient

    x = torch.tensor([2.0], requires_grad=True)
    with see.raises(text=True):
        Generous.apply(x, 3).backward()


@exercise("function.node_apply")
def test_a_gradient_of_a_gradient_goes_through_backward(torch, see):
    """With `create_graph`, what `backward` computes is recorded, and otherwise it is not.

    The engine has already chosen whether to record. Do you leave it its choice?
    """

    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, gradient):
            return gradient * 2 * ctx.saved_tensors[0]

    x = torch.tensor([3.0], requires_grad=True)
    (slope,) = torch.autograd.grad(Square.apply(x), x)
    see.value(slope.requires_grad)
    (slope,) = torch.autograd.grad(Square.apply(x), x, create_graph=True)
    see.value(slope)
    see.graph(slope, x=x)


@exercise("function.apply")
def test_forward_is_not_recorded(torch, see):
    """`forward` runs without recording; its result belongs to the one node that `forward` has got as `ctx`.

    A node for each operation inside `forward` would be another graph, beside the one of the user.
    """
    seen = []
    x = torch.tensor([2.0], requires_grad=True)
    out = scale(torch, seen).apply(3, x)
    see.value(out)
    see.value(seen[0].was_recorded)
    see.identical(out.grad_fn, seen[0])


@exercise("function.apply")
def test_each_result_belongs_to_the_node(torch, see):
    """Two results come as a tuple, both from the same node; one result comes alone.

    What `forward` returned should come back in the same form.
    """
    x = torch.tensor([2.0], requires_grad=True)
    double, triple = parts(torch).apply(x)
    see.graph(double, triple, x=x)
    see.value(scale(torch, []).apply(3, x))


@exercise("function.apply")
def test_no_node_where_nobody_records(torch, see):
    """Inside `no_grad`, and of constants alone, a result has no node.

    Two things must be true to record. Both have to be asked before `forward` runs, since it runs in `no_grad`.
    """
    x = torch.tensor([2.0], requires_grad=True)
    with torch.no_grad():
        see.value(scale(torch, []).apply(3, x).requires_grad)
    see.value(scale(torch, []).apply(3, torch.tensor([2.0])).requires_grad)
    see.value(scale(torch, []).apply(3, x).requires_grad)


@exercise("function.apply")
def test_what_forward_wants_to_keep_is_kept(torch, see):
    """What `forward` has named in `save_for_backward` is there in `saved_tensors`.

    It is saved when the outputs are known: an output is kept otherwise than an input.
    """
    seen = []
    x = torch.tensor([2.0], requires_grad=True)
    out = scale(torch, seen).apply(3, x)
    see.identical(seen[0].saved_tensors[0], x)
    see.value(out)
