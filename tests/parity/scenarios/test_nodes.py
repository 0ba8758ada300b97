"""Section 3: the node object."""

from autograder import exercise


@exercise("parity.nodes")
def test_names(torch, see):
    """P1: `name()` and the class's name; an accumulator's name has its namespace."""
    x = torch.tensor([2.0], requires_grad=True)
    node = (x * x).grad_fn
    leaf = node.next_functions[0][0]
    see.value(node.name())
    see.value(type(node).__name__)
    see.value(leaf.name())
    see.value(type(leaf).__name__)
    see.value(repr(node).partition(" object at ")[0])


@exercise("parity.nodes")
def test_metadata_is_a_dictionary_of_its_own(torch, see):
    """P1: `metadata` is empty, lasts, and is each node's own."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * x
    z = y.exp()
    see.count(len(y.grad_fn.metadata))
    y.grad_fn.metadata["note"] = 1
    see.value(y.grad_fn.metadata["note"])
    see.count(len(z.grad_fn.metadata))


@exercise("parity.nodes")
def test_a_node_requires_grad(torch, see):
    """P1: `requires_grad` is True."""
    x = torch.tensor([2.0], requires_grad=True)
    see.value((x * x).grad_fn.requires_grad)


@exercise("parity.nodes")
def test_sequence_numbers_count_recorded_nodes(torch, see):
    """P2: one more for each recorded node, none for constants or leaves; accumulators have the largest."""
    x = torch.tensor([2.0], requires_grad=True)
    first = x * 2
    constant = torch.tensor([1.0]) + 1
    with torch.no_grad():
        nothing = x * 3
    other = torch.tensor([2.0], requires_grad=True)
    second = first + other
    see.value(second.grad_fn._sequence_nr() - first.grad_fn._sequence_nr())
    see.value(str(first.grad_fn.next_functions[0][0]._sequence_nr()))
    see.value((constant.requires_grad, nothing.requires_grad))


@exercise("parity.nodes")
def test_a_node_stays_itself(torch, see):
    """P3: the same object, however it is reached."""
    x = torch.tensor([2.0], requires_grad=True)
    z = x * x
    out = z + 1
    see.identical(z.grad_fn, z.grad_fn)
    see.identical(out.grad_fn.next_functions[0][0], z.grad_fn)


@exercise("parity.nodes")
def test_nodes_can_be_called(torch, see, rng):
    """P4: a tuple of gradients (of a node with several edges); an accumulator returns () and accumulates."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    y = torch.tensor(rng.normal(size=2), requires_grad=True)
    z = x * y
    gradient = torch.tensor(rng.normal(size=2))
    see.value(z.grad_fn(gradient))
    accumulator = z.grad_fn.next_functions[0][0]
    see.value(accumulator(gradient))
    see.grad(x)


@exercise("parity.nodes")
def test_a_call_that_does_not_fit(torch, see):
    """P4: a wrong count is a TypeError."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x.exp()
    with see.raises(text=True):
        y.grad_fn()


@exercise("parity.nodes")
def test_a_node_takes_no_attributes(torch, see):
    """P1: notes about a node go into its metadata; every node is a `Node`."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = x * x
    for node in y.grad_fn, y.grad_fn.next_functions[0][0], x.unbind()[0].grad_fn, x[0:].grad_fn:
        see.value(isinstance(node, torch.autograd.graph.Node))
        with see.raises():
            node.note = 1
