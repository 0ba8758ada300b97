"""Section 2: edges."""

from autograder import exercise


@exercise("parity.edges")
def test_next_functions_is_a_fresh_tuple_of_pairs(torch, see):
    """E1: a new tuple of 2-tuples each time; a missing edge is `(None, 0)`."""
    x = torch.tensor([2.0], requires_grad=True)
    node = (x + 1).grad_fn
    see.identical(node.next_functions, node.next_functions)
    see.value(type(node.next_functions).__name__)
    see.value([(type(pair).__name__, len(pair)) for pair in node.next_functions])
    see.value(node.next_functions[1])


@exercise("parity.edges")
def test_every_constant_keeps_its_slot(torch, see):
    """E2: numbers, constants and integer tensors give empty edges in their places."""
    x = torch.tensor([2.0], requires_grad=True)
    whole = torch.tensor([3])
    constant = torch.tensor([3.0])
    see.graph(x * whole, x=x)
    see.graph(whole * x, x=x)
    see.graph(constant - x * 2, x=x)


@exercise("parity.edges")
def test_outputs_of_one_node_are_told_by_number(torch, see, rng):
    """E3: several outputs share the node, and edges say which of them they use."""
    x = torch.tensor(rng.normal(size=3), requires_grad=True)
    a, b, c = x.unbind(0)
    see.value((a.output_nr, b.output_nr, c.output_nr, x.output_nr))
    see.identical(a.grad_fn, c.grad_fn)
    out = c * a
    see.graph(out, x=x)
    out.backward()
    see.grad(x)


@exercise("parity.edges")
def test_edges_are_fixed_when_recorded(torch, see):
    """E4: a flag that changes later does not change the graph."""
    x = torch.tensor([2.0], requires_grad=True)
    c = torch.tensor([3.0])
    out = x * c
    c.requires_grad_()
    see.graph(out, x=x, c=c)
    out.backward()
    see.grad(x)
    see.grad(c)


@exercise("parity.edges")
def test_builtin_sum_begins_with_a_constant(torch, see):
    """E5: `sum([p, q])` starts from 0, which shows."""
    p = torch.tensor([2.0], requires_grad=True)
    q = torch.tensor([3.0], requires_grad=True)
    see.graph(sum([p, q]), p=p, q=q)


@exercise("parity.edges")
def test_alpha_is_no_node(torch, see):
    """E6: `add` with alpha is one node with two edges."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    out = torch.add(x, y, alpha=2)
    see.graph(out, x=x, y=y)
    out.backward()
    see.grad(y)
