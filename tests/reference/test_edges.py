"""Edges: what a node is joined to."""

import pytest
from mytorch.edge import Edge, collect_next_edges, gradient_edge
from mytorch.node import Node

from tests.reference.conftest import names


def test_an_edge_is_valid_when_it_leads_to_a_node(reference):
    """The empty edge is the only invalid one, whatever its number."""
    assert (Edge().is_valid(), Edge(None, 3).is_valid(), Edge(Node(), 0).is_valid()) == (False, False, True)


def test_the_gradient_edge_of_each_kind_of_tensor(reference):
    """A computed tensor leads to its node, a leaf to its accumulator, a constant or number nowhere."""
    x = reference.tensor([1.0, 2.0], requires_grad=True)
    b = x.unbind()[1]
    assert gradient_edge(b) == Edge(b.grad_fn, 1)
    acc = x._grad_accumulator()
    assert gradient_edge(x) == Edge(acc, 0)
    assert gradient_edge(reference.tensor(1.0)) == gradient_edge(2.5) == gradient_edge(None) == Edge()


def test_next_edges_keep_the_place_of_constants(reference):
    """One edge for each input, in order, twice for an input that occurs twice."""
    x = reference.tensor(1.0, requires_grad=True)
    edges = collect_next_edges(2, x, reference.tensor(1.0), x)
    acc = x._grad_accumulator()
    assert [edge.function for edge in edges] == [None, acc, None, acc]


def test_next_functions_is_a_fresh_tuple_of_pairs(torch):
    """Equal each time, never the same object; a missing edge is exactly (None, 0)."""
    x = torch.tensor([2.0], requires_grad=True)
    node = (x * 2 + 1).grad_fn
    assert type(node.next_functions) is tuple
    assert [type(pair) for pair in node.next_functions] == [tuple, tuple]
    assert node.next_functions == node.next_functions
    assert node.next_functions is not node.next_functions
    assert node.next_functions[1] == (None, 0)


def test_constants_keep_their_slot(torch):
    """Numbers, tensors without the flag and whole numbers all leave an empty edge in their place."""
    x = torch.tensor([2.0], requires_grad=True)
    for other in (2, 2.5, True, torch.tensor([3.0]), torch.tensor([3])):
        assert names(x * other) == [("AccumulateGrad", 0), (None, 0)]
        assert names(other * x) in ([("AccumulateGrad", 0), (None, 0)], [(None, 0), ("AccumulateGrad", 0)])
    assert names(torch.tensor([3.0]) * x) == [(None, 0), ("AccumulateGrad", 0)]


def test_a_number_on_the_left_comes_second(torch):
    """`1 + x` and `2 * x` put the tensor first."""
    x = torch.tensor([2.0], requires_grad=True)
    assert names(1 + x) == names(2 * x) == [("AccumulateGrad", 0), (None, 0)]


def test_edges_are_fixed_when_the_node_is_recorded(torch):
    """Switching a flag later doesn't change a graph."""
    x, c = torch.tensor([2.0], requires_grad=True), torch.tensor([3.0])
    y = x * c
    c.requires_grad_()
    assert names(y) == [("AccumulateGrad", 0), (None, 0)]


def test_outputs_of_one_node_are_told_apart_by_number(torch):
    """`input_nr` says which output of the node a value was."""
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    a, b, c = x.unbind(0)
    assert [a.output_nr, b.output_nr, c.output_nr, x.output_nr] == [0, 1, 2, 0]
    assert a.grad_fn is c.grad_fn
    assert names(c * a) == [("UnbindBackward0", 2), ("UnbindBackward0", 0)]


def test_the_builtin_sum_starts_from_zero(torch):
    """`sum([p, q])` begins with `0 + p`, one more node."""
    p, q = (torch.tensor([1.0], requires_grad=True) for _ in range(2))
    out = sum([p, q])
    assert names(out) == [("AddBackward0", 0), ("AccumulateGrad", 0)]
    assert out.grad_fn.next_functions[0][0].next_functions[1] == (None, 0)


def test_broadcasting_leaves_no_node(torch):
    """A broadcast product has the same two edges as any other."""
    x, m = torch.tensor(2.0, requires_grad=True), torch.ones(2, 3, requires_grad=True)
    y = x * m
    assert names(y) == [("AccumulateGrad", 0)] * 2
    y.sum().backward()
    assert (x.grad.shape, x.grad.item()) == ((), 6.0)


@pytest.mark.parametrize("same", [lambda x: +x, lambda x: x.contiguous(), lambda x: x.flatten()])
def test_what_changes_nothing_returns_the_same_object(torch, same):
    """No node is recorded for nothing."""
    x = torch.tensor([2.0], requires_grad=True)
    assert same(x) is x
    assert x.to(torch.float32) is x
