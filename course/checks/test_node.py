"""Public checks of the unit *Nodes*. They record small graphs, as a user of PyTorch would."""

import weakref

import pytest

from autograder import exercise


@exercise("node.next_functions")
def test_a_graph_is_read_node_by_node(torch, see):
    """`x * y` has an edge to each leaf."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    z = x * y
    see.graph(z, x=x, y=y)


@exercise("node.next_functions")
def test_a_constant_keeps_its_place(torch, see):
    """`x * y + 1` has an edge to the product and an empty edge for the constant.

    An empty edge reads `(None, 0)`. It is there so that position and input keep belonging together.
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    out = x * y + 1
    see.graph(out, x=x, y=y)


@exercise("node.next_functions")
def test_the_pairs_are_made_afresh(torch, see):
    """Each look at `next_functions` gives a new tuple with the same pairs.

    What you hand out to be looked at should not be what the engine walks.
    """
    x = torch.tensor([2.0], requires_grad=True)
    node = x.exp().grad_fn
    see.identical(node.next_functions, node.next_functions)
    see.identical(node.next_functions[0][0], node.next_functions[0][0])


@exercise("node.next_functions", truth="reference")
def test_a_pair_holds_the_input_number(torch, see):
    """The second of two outputs leads to input number 1 of the node that made it.

    An edge has two members, and both of them belong in the pair.
    """
    maker = torch.node.Node()
    node = torch.node.Node((torch.edge.Edge(maker, 1),))
    see.value([input_nr for _, input_nr in node.next_functions])


@exercise("node.next_functions")
def test_next_functions_is_a_tuple(torch, see):
    """`next_functions` is a tuple: whoever looks at it cannot change it.

    Python has a tuple and a list for things in a row. Which of the two stays as it is?
    """
    x = torch.tensor([2.0], requires_grad=True)
    see.value(isinstance(x.exp().grad_fn.next_functions, tuple))


@exercise("node.name")
def test_a_node_is_named_after_its_operation(torch, see):
    """A node's name is that of its own kind, not of the class it inherits from."""
    x = torch.tensor([2.0], requires_grad=True)
    see.value((x * x).grad_fn.name())
    see.value((x - 1).grad_fn.name())
    see.value(x.exp().grad_fn.name())


@exercise("node.add_input_metadata")
def test_a_single_output_is_number_zero(torch, see):
    """The only output of an operation has `output_nr` 0."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x.exp()
    see.value(y.output_nr)


@exercise("node.add_input_metadata", truth="reference")
def test_several_outputs_are_counted(torch, see):
    """Three outputs of one node are numbered 0, 1 and 2.

    How many outputs does the node know before it gets to know this one?
    """
    node = torch.node.Node()
    see.value([node.add_input_metadata(torch.tensor(number)) for number in (1.0, 2.0, 3.0)])


@exercise("node.add_input_metadata", truth="reference")
def test_shapes_are_kept_in_order(torch, see):
    """The shapes stand in the order of the numbers.

    Number 0 was first to come, and stands first.
    """
    node = torch.node.Node()
    node.add_input_metadata(torch.tensor([1.0]))
    node.add_input_metadata(torch.tensor([1.0, 2.0, 3.0]))
    see.value([list(metadata.shape) for metadata in node._input_metadata])


@exercise("node.add_input_metadata")
def test_a_node_lets_its_output_go(torch, see):
    """An output that nobody needs is gone, though its node is still there.

    Shape and dtype are enough to know what a gradient must look like.
    """
    x = torch.tensor([1.0], requires_grad=True)
    out = x + 1
    node, watcher = out.grad_fn, weakref.ref(out)
    del out
    see.value(node.name())
    see.alive(watcher)


@exercise("node.call")
def test_a_node_can_be_called_with_a_gradient(torch, see):
    """Calling a node gives a tuple with one gradient for each edge."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([5.0], requires_grad=True)
    z = x * y
    gradients = z.grad_fn(torch.tensor([3.0]))
    see.value(gradients)


@exercise("node.call")
def test_a_single_gradient_comes_bare(torch, see):
    """A node with one edge gives the gradient itself, without a tuple around it."""
    x = torch.tensor([4.0], requires_grad=True)
    see.value((-x).grad_fn(torch.tensor([1.0])))


@exercise("node.call", truth="reference")
def test_each_gradient_keeps_its_place(torch, see):
    """The formula gets the gradients in the order of the outputs, None where there is none.

    A missing gradient has a place as well. What would the formula make of the others, if it were left out?
    """
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    first, _ = x.unbind()
    see.value(first.grad_fn(torch.tensor(2.0), torch.tensor(3.0)))
    see.value(first.grad_fn(None, torch.tensor(3.0)))


@exercise("node.call")
@pytest.mark.parametrize("count", [0, 2])
def test_a_call_that_does_not_fit_is_refused(torch, see, count):
    """A call with too few or too many gradients is a TypeError that gives both numbers."""
    x = torch.tensor([0.0], requires_grad=True)
    y = x.exp()
    gradients = [torch.tensor([1.0])] * count
    with see.raises(text=True):
        y.grad_fn(*gradients)
