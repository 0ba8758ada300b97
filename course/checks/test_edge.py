"""Public checks of the unit *Edges*. They use stand-ins for tensors and nodes, so that edges can be built first."""

import pytest

from autograder import exercise


class StandIn:
    """A stand-in for a tensor: the members that an edge may ask for, and nothing else."""

    def __init__(self, grad_fn=None, output_nr=0, requires_grad=True):
        self.grad_fn, self.output_nr, self.requires_grad = grad_fn, output_nr, requires_grad
        self.accumulator = object()

    def _grad_accumulator(self):
        return self.accumulator


@exercise("edge.is_valid", truth="reference")
def test_an_edge_to_a_node_is_valid_and_an_empty_one_is_not(torch, see):
    """An edge to a node is valid, the empty edge is not.

    Ask yourself what an edge needs in order to lead somewhere.
    """
    node = object()
    see.value(torch.edge.Edge(node, 0).is_valid())
    see.value(torch.edge.Edge().is_valid())


@exercise("edge.gradient_edge", truth="reference")
def test_a_computed_tensor_leads_to_the_node_that_made_it(torch, see):
    """The gradient of a computed tensor travels to its `grad_fn`."""
    y = StandIn(grad_fn=object())
    edge = torch.edge.gradient_edge(y)
    see.identical(edge.function, y.grad_fn)
    see.value(edge.input_nr)


@exercise("edge.gradient_edge", truth="reference")
def test_a_leaf_leads_to_its_accumulator(torch, see):
    """The gradient of a leaf travels to the leaf's accumulator.

    A leaf has no `grad_fn`, yet its gradient has to arrive somewhere. The next leaf has an accumulator of its own.
    """
    for x in (StandIn(), StandIn()):
        edge = torch.edge.gradient_edge(x)
        see.identical(edge.function, x.accumulator)
        see.value(edge.input_nr)


@exercise("edge.gradient_edge", truth="reference")
def test_a_constant_tensor_leads_nowhere(torch, see):
    """A tensor that does not require grad gives the empty edge.

    It has no `grad_fn`, like a leaf. What tells the two apart?
    """
    edge = torch.edge.gradient_edge(StandIn(requires_grad=False))
    see.identical(edge.function, None)
    see.value(edge.input_nr)


@exercise("edge.gradient_edge", truth="reference")
def test_the_third_output_leads_to_the_third_input(torch, see):
    """Where an operation has three outputs, the last of them leads to input number 2 of the node.

    Outputs are numbered from 0, and each tensor knows its own number.
    """
    edge = torch.edge.gradient_edge(StandIn(grad_fn=object(), output_nr=2))
    see.value(edge.input_nr)


@exercise("edge.gradient_edge", truth="reference")
@pytest.mark.parametrize("number", [2, 0.5], ids=["int", "float"])
def test_a_plain_number_has_an_empty_edge(torch, see, number):
    """A plain number gives the empty edge: nobody waits for its gradient.

    A number has no `requires_grad` at all; asking for it must not end in an AttributeError.
    """
    edge = torch.edge.gradient_edge(number)
    see.identical(edge.function, None)
    see.value(edge.input_nr)


@exercise("edge.collect_next_edges", truth="reference")
def test_every_input_has_an_edge_in_its_place(torch, see):
    """One edge for each input, in order; a constant keeps its place with an empty edge.

    How could a node tell which of its inputs a gradient belongs to, if edges were left out?
    """
    x, y = StandIn(), StandIn(grad_fn=object())
    edges = torch.edge.collect_next_edges(2, y, x)
    see.count(len(edges))
    see.identical(edges[0].function, None)
    see.identical(edges[1].function, y.grad_fn)
    see.identical(edges[2].function, x.accumulator)


@exercise("edge.collect_next_edges", truth="reference")
def test_an_input_used_twice_has_two_edges(torch, see):
    """For `x * x` there are two edges, both to the accumulator of `x`.

    Each input is asked for its own edge, also when it is the same tensor again.
    """
    x = StandIn()
    edges = torch.edge.collect_next_edges(x, x)
    see.count(len(edges))
    for edge in edges:
        see.identical(edge.function, x.accumulator)


@exercise("edge.collect_next_edges", truth="reference")
def test_what_is_collected_is_a_tuple(torch, see):
    """The edges come as a tuple, which nobody can change afterwards.

    Look at what the signature says it returns.
    """
    see.value(isinstance(torch.edge.collect_next_edges(StandIn(), 1), tuple))
