"""Hidden checks of the unit *Edges*. Stand-ins take the place of tensors and nodes, so that nothing else is needed."""

from autograder import exercise


class StandIn:
    """A stand-in for a tensor: the members that an edge may ask for, and nothing else."""

    def __init__(self, grad_fn=None, output_nr=0, requires_grad=True):
        self.grad_fn, self.output_nr, self.requires_grad = grad_fn, output_nr, requires_grad
        self.accumulator = object()

    def _grad_accumulator(self):
        return self.accumulator


def destinations(edges, inputs):
    """For each edge the position of the input that it belongs to, -1 for an empty edge, and its input number."""
    ends = [getattr(tensor, "grad_fn", None) or getattr(tensor, "accumulator", None) for tensor in inputs]
    return [(-1 if edge.function is None else ends.index(edge.function), edge.input_nr) for edge in edges]


def mixed_inputs(rng, count):
    """Leaves, computed tensors, constant tensors and numbers in an order that the seed decides."""
    kinds = [
        lambda: StandIn(),
        lambda: StandIn(grad_fn=object(), output_nr=int(rng.integers(1, 6))),
        lambda: StandIn(requires_grad=False),
        lambda: float(rng.normal()),
    ]
    return [kinds[kind]() for kind in rng.permutation(4).repeat(2)[:count]]


@exercise("edge.is_valid", points=2, truth="reference")
def test_the_input_number_plays_no_part(torch, see, rng):
    """Whether an edge is valid depends on its node alone, not on the input number."""
    node = object()
    for number in rng.permutation(6):
        edge = torch.edge.Edge(None if number % 2 else node, int(number))
        see.value(edge.is_valid())


@exercise("edge.gradient_edge", points=2, truth="reference")
def test_one_of_several_outputs_leads_to_its_own_input(torch, see, rng):
    """One of several outputs of a node leads to the input of its own number."""
    node = object()
    for number in rng.permutation(5):
        edge = torch.edge.gradient_edge(StandIn(grad_fn=node, output_nr=int(number)))
        see.identical(edge.function, node)
        see.value(edge.input_nr)


@exercise("edge.gradient_edge", points=2, truth="reference")
def test_each_leaf_leads_to_its_own_accumulator(torch, see, rng):
    """Each leaf leads to input 0 of its own accumulator."""
    leaves = [StandIn() for _ in range(4)]
    accumulators = [leaf.accumulator for leaf in leaves]
    edges = [torch.edge.gradient_edge(leaves[place]) for place in rng.permutation(4)]
    see.value([accumulators.index(edge.function) for edge in edges])
    see.value([edge.input_nr for edge in edges])


@exercise("edge.gradient_edge", points=2, truth="reference")
def test_a_constant_tensor_has_an_empty_edge(torch, see, rng):
    """A tensor that does not require grad gives the empty edge, a leaf that does never."""
    for is_wanted in rng.permutation([0, 0, 1, 1]):
        tensor = StandIn(requires_grad=bool(is_wanted))
        edge = torch.edge.gradient_edge(tensor)
        see.identical(edge.function, tensor.accumulator)
        see.identical(edge.function, None)
        see.value(edge.input_nr)


@exercise("edge.gradient_edge", points=1, truth="reference")
def test_any_plain_number_has_an_empty_edge(torch, see, rng):
    """Whole numbers, fractions and truth values give the empty edge, also between tensors."""
    inputs = [int(rng.integers(9)), float(rng.normal()), bool(rng.integers(2)), StandIn(), StandIn(), StandIn()]
    for place in rng.permutation(6):
        edge = torch.edge.gradient_edge(inputs[place])
        see.value((edge.function is None, edge.input_nr))


@exercise("edge.collect_next_edges", points=2, truth="reference")
def test_edges_stand_in_the_order_of_the_inputs(torch, see, rng):
    """Edge number i belongs to input number i, whatever the inputs are."""
    inputs = mixed_inputs(rng, 8)
    edges = torch.edge.collect_next_edges(*inputs)
    see.value(destinations(edges, inputs))


@exercise("edge.collect_next_edges", points=2, truth="reference")
def test_a_constant_keeps_its_place(torch, see, rng):
    """A constant keeps its place among the inputs, be it first, in the middle or last."""
    for place in rng.permutation(3):
        inputs = [StandIn(), StandIn()]
        inputs.insert(place, 1.5)
        edges = torch.edge.collect_next_edges(*inputs)
        see.value(destinations(edges, inputs))


@exercise("edge.collect_next_edges", points=1, truth="reference")
def test_an_input_that_occurs_twice_has_two_edges(torch, see, rng):
    """An input that occurs several times has as many edges, all to the same place."""
    pool = [StandIn() for _ in range(3)]
    inputs = [pool[place] for place in rng.integers(0, 3, size=6)]
    edges = torch.edge.collect_next_edges(*inputs)
    see.value(destinations(edges, inputs))


@exercise("edge.collect_next_edges", points=1, truth="reference")
def test_constants_alone_have_empty_edges_only(torch, see, rng):
    """Constants alone give a tuple of empty edges, and no inputs give the empty tuple."""
    for count in (0, int(rng.integers(2, 7))):
        edges = torch.edge.collect_next_edges(*[StandIn(requires_grad=False) for _ in range(count)])
        see.value(isinstance(edges, tuple))
        see.value([edge.function is None for edge in edges])
