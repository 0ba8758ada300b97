"""Public checks of the unit *Recording a graph*. They compute something, and look at what was written down."""

from autograder import exercise


@exercise("recording.compute_requires_grad", truth="reference")
def test_one_input_that_requires_grad_is_enough(torch, see):
    """An operation is recorded when one of its inputs requires grad, wherever it stands.

    Constants alone are not recorded: nobody will ever ask for a gradient through them.
    """
    x, c = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0)
    see.value(torch.recording.compute_requires_grad(x, c))
    see.value(torch.recording.compute_requires_grad(2, x))
    see.value(torch.recording.compute_requires_grad(c, c))
    see.value(torch.recording.compute_requires_grad(c, 0.5))


@exercise("recording.compute_requires_grad", truth="reference")
def test_inside_no_grad_nothing_is_recorded(torch, see):
    """Inside `no_grad` the answer is no, whatever the inputs are; afterwards it is the inputs again that decide."""
    x, c = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0)
    with torch.no_grad():
        see.value(torch.recording.compute_requires_grad(x, x))
        see.value(torch.recording.compute_requires_grad(c, c))
    see.value(torch.recording.compute_requires_grad(c, x))


@exercise("recording.compute_requires_grad")
def test_a_change_in_place_is_recorded_too(torch, see):
    """When `x` is added to a constant in place, the constant has a graph from then on; inside `no_grad` it has none."""
    x, c = torch.tensor([1.0], requires_grad=True), torch.tensor([2.0])
    with torch.no_grad():
        c.add_(x)
    see.value([c.requires_grad, c.is_leaf])
    c.add_(x)
    see.graph(c, x=x)


@exercise("recording.make_node")
def test_a_node_keeps_what_a_formula_will_want(torch, see):
    """The node of `x * 2` keeps the 2, for the gradient of `x`, and not `x`: the 2 wants no gradient.

    What a node keeps stays in memory for as long as the graph does.
    """
    x = torch.tensor([3.0], requires_grad=True)
    out = x * 2
    see.graph(out, x=x)
    see.value(out.grad_fn._saved_self)
    see.value(out.grad_fn._saved_other)


@exercise("recording.make_node", truth="reference")
def test_a_constant_tensor_is_kept_for_the_other(torch, see):
    """A node for `c * x` keeps `c`, since only the gradient of `x` will be asked for; one for `x * y` keeps both.

    For the gradient of `x` in `c / x` both are needed: is there more than one formula that is written with `x`?
    Each node has the constants of its call, too.
    """
    x, y = torch.tensor([3.0], requires_grad=True), torch.tensor([5.0], requires_grad=True)
    c = torch.tensor([7.0])
    product, quotient = type((x * y).grad_fn), type((x / y).grad_fn)
    for operation, inputs in ((product, (c, x)), (product, (x, y)), (quotient, (c, x))):
        node = torch.recording.make_node(operation, inputs, (4,))
        see.value([node._saved_self, node._saved_other])
        see.value(node.constants)


@exercise("recording.make_node")
def test_what_a_node_keeps_is_no_copy(torch, see):
    """The node of `x * c` keeps the very tensor `c`, and nothing in the place of `x`.

    Copies would double the memory that training takes.
    """
    x, c = torch.tensor([3.0], requires_grad=True), torch.tensor([7.0])
    node = (x * c).grad_fn
    see.identical(node._saved_other, c)
    see.value(node._saved_self)


@exercise("recording.set_history")
def test_each_of_several_outputs_has_its_own_number(torch, see):
    """The three results of `m.unbind()` share one node, and each knows its own number.

    A gradient for the second must not be taken for one of the first.
    """
    m = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    first, second, third = m.unbind()
    see.identical(first.grad_fn, third.grad_fn)
    see.value([first.output_nr, second.output_nr, third.output_nr])
    see.graph(third * first, m=m)


@exercise("recording.run_operation")
def test_an_operation_records_itself_where_needed(torch, see):
    """`c * x` is the product, and has a graph behind it; `c * c` is only a product."""
    x, c = torch.tensor([2.0], requires_grad=True), torch.tensor([3.0])
    recorded, computed = c * x, c * c
    see.value(recorded)
    see.value(computed)
    see.graph(recorded, x=x)
    see.value([computed.requires_grad, computed.is_leaf])


@exercise("recording.run_operation")
def test_nothing_is_recorded_inside_no_grad(torch, see):
    """Inside `no_grad` an operation only computes; after it, operations are recorded again."""
    x = torch.tensor([2.0], requires_grad=True)
    with torch.no_grad():
        inside = x * x
    outside = x * inside
    see.value(inside)
    see.value([inside.requires_grad, inside.is_leaf])
    see.graph(outside, x=x)


@exercise("recording.run_operation")
def test_constants_cost_no_node(torch, see):
    """Between two recorded products, products of constants take no number: no node is made for them.

    Nodes are numbered as they are made, so the numbers tell of each that was thrown away.
    """
    x, c = torch.tensor([2.0], requires_grad=True), torch.tensor([3.0])
    first = c * x
    for _ in range(3):
        c = c * c
    second = c * x
    see.value(second.grad_fn._sequence_nr() - first.grad_fn._sequence_nr())


@exercise("recording.run_operation", truth="reference")
def test_a_node_may_keep_its_own_result(torch, see):
    """The derivative of `exp` is `exp`: its node keeps what came out."""
    x, c = torch.tensor([2.0], requires_grad=True), torch.tensor([0.5])
    out = (c * x).exp()
    see.count(len(out.grad_fn.saved))
