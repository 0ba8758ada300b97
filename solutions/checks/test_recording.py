"""Hidden checks of the unit *Recording a graph*. Operations made for the purpose take the place of real ones."""

from autograder import exercise


class Maker:
    """A stand-in for a node with several outputs: it notes them, and gives out their numbers."""

    def __init__(self, known=0):
        self._input_metadata = [None] * known

    def add_input_metadata(self, output):
        """As a node does it."""
        self._input_metadata.append(output)
        return len(self._input_metadata) - 1


def kind_of(torch, born=None, **members):
    """A new kind of operation with one result. Its nodes have edges that lead on from inputs that require grad.

    Nodes tell `born` when they are made, if it is given, and with which edges.
    """
    Edge, far = torch.edge.Edge, torch.node.Node()

    def begin(node, next_edges=()):
        if born is not None:
            born.append(next_edges)
        torch.node.Node.__init__(node, tuple(Edge(far if wanted else None) for wanted in kind.wanted))

    members = {"forward": staticmethod(lambda *arrays: arrays[0] * 1), "__init__": begin, "wanted": (), **members}
    kind = type("StepBackward0", (torch.operations.operation.Operation,), members)
    return kind


def mixed(torch, rng, wanted):
    """Tensors and numbers in an order that the seed decides, of which so many require grad."""
    inputs = [torch.tensor(float(rng.normal()), requires_grad=True) for _ in range(wanted)]
    inputs += [torch.tensor(float(rng.normal())), float(rng.normal()), int(rng.integers(9))]
    return [inputs[place] for place in rng.permutation(len(inputs))]


@exercise("recording.compute_requires_grad", points=2, truth="reference")
def test_it_is_the_inputs_that_decide(torch, see, rng):
    """Among constants and numbers one input that requires grad decides, wherever it stands, and none means no."""
    for wanted in rng.permutation([0, 0, 1, 1, 2]):
        inputs = mixed(torch, rng, int(wanted))
        see.value(torch.recording.compute_requires_grad(*inputs))
        see.value(torch.recording.compute_requires_grad(1, *inputs))
    see.value(torch.recording.compute_requires_grad())


@exercise("recording.compute_requires_grad", points=2, truth="reference")
def test_the_mode_has_the_last_word(torch, see, rng):
    """With the grad mode off nothing is recorded, whatever the inputs are; with the mode on again, as before."""
    constants = mixed(torch, rng, 0)
    inputs = [*constants, *mixed(torch, rng, 2)]
    for enabled in rng.permutation([0, 0, 1, 1]).tolist():
        torch.grad_mode.state.enabled = bool(enabled)
        see.value(torch.recording.compute_requires_grad(*inputs))
        see.value(torch.recording.compute_requires_grad(*constants))
    torch.grad_mode.state.enabled = True


@exercise("recording.make_node", points=2, truth="reference")
def test_each_input_is_kept_only_if_wanted(torch, see, rng):
    """Of each input the node keeps what the formulas of the edges that lead somewhere are written with."""
    saves = {"first": (int(rng.integers(1, 4)),), "second": (0, 3), "third": (int(rng.integers(0, 2)),)}
    for place in rng.permutation(4).tolist():
        wanted = [number == place for number in range(4)]
        inputs = [torch.tensor(float(rng.normal()), requires_grad=flag) for flag in wanted]
        kind = kind_of(torch, saves=saves, gradients=(None,) * 4, wanted=wanted)
        see.value([kept is not None for kept in torch.recording.make_node(kind, tuple(inputs), ()).saved])


@exercise("recording.make_node", points=2, truth="reference")
def test_what_is_kept_is_the_input_itself(torch, see, rng):
    """What is kept is no copy, and stands in its place; an input that nobody wants leaves None there."""
    one, other = (torch.tensor(float(rng.normal())) for _ in range(2))
    x = torch.tensor(float(rng.normal()), requires_grad=True)
    x.grad_fn = torch.node.Node()
    saves = {"first": (2,), "second": (1,), "third": (2,)}
    kind = kind_of(torch, saves=saves, gradients=(None,) * 3, wanted=(False, False, True))
    node = torch.recording.make_node(kind, (one, other, x), ())
    see.value([kept is None for kept in node.saved])
    see.identical(node.saved[0], one)
    see.identical(node.saved[2], x)


@exercise("recording.make_node", points=1, truth="reference")
def test_the_edges_are_those_of_the_call(torch, see, rng):
    """The edge of a new node leads to what made its input at that moment, and nothing later changes it.

    The node has the constants of this call, and of an input that leads nowhere it keeps nothing.
    """
    members = {"saves": {"input": (0,)}, "gradients": (None,)}
    born, value = [], torch.tensor(float(rng.normal()))
    idle = torch.recording.make_node(kind_of(torch, wanted=(False,), **members), (value,), ())
    see.value([idle.constants, idle.saved])
    value._requires_grad = True
    kind, makers = kind_of(torch, born, wanted=(True,), **members), [torch.node.Node() for _ in range(4)]
    for place in rng.permutation(4).tolist():
        value.grad_fn = makers[place]
        see.value(torch.recording.make_node(kind, (value,), (int(place),)).constants)
    see.value([makers.index(edges[0].function) for edges in born])


@exercise("recording.set_history", points=2, truth="reference")
def test_outputs_are_numbered_as_they_come(torch, see, rng):
    """Each output gets the next number of the node, and the node itself as the one that made it."""
    node = Maker()
    for _ in range(int(rng.integers(3, 6))):
        output = torch.tensor(float(rng.normal()))
        torch.recording.set_history(output, node)
        see.value([output.output_nr, output.requires_grad, output.is_leaf])
        see.identical(output.grad_fn, node)
    see.count(len(node._input_metadata))


@exercise("recording.set_history", points=1, truth="reference")
def test_numbers_go_on_where_they_were(torch, see, rng):
    """A node that has noted outputs already goes on counting from there, and gets the very output to note."""
    for known in (rng.permutation(6)[:3] + 1).tolist():
        node, output = Maker(known), torch.tensor(float(rng.normal()))
        torch.recording.set_history(output, node)
        see.value(output.output_nr)
        see.identical(node._input_metadata[-1], output)
        see.count(len(node._input_metadata))


@exercise("recording.run_operation", points=2, truth="reference")
def test_constants_are_only_computed(torch, see, rng):
    """An operation on constants and numbers gives the numbers and nothing else; with the mode off so does any."""
    kind = kind_of(torch, forward=staticmethod(lambda a, b, n: (a - b) * n))
    for enabled in rng.permutation([0, 1]):
        first = torch.tensor(rng.normal(size=3), requires_grad=not enabled)
        torch.grad_mode.state.enabled = bool(enabled)
        out = torch.recording.run_operation(kind, (first, float(rng.normal())), (int(rng.integers(2, 9)),))
        torch.grad_mode.state.enabled = True
        see.value(out.detach())
        see.value([out.requires_grad, out.is_leaf])


@exercise("recording.run_operation", points=2, truth="reference")
def test_a_node_is_made_only_where_it_is_used(torch, see, rng):
    """No node is made for an operation on constants, or inside `no_grad`; any other has one, and is computed once."""
    born, runs = [], []
    kind = kind_of(torch, born, forward=staticmethod(lambda *arrays: runs.append(1) or arrays[0] * 1))
    x, c = torch.tensor(1.0, requires_grad=True), torch.tensor(2.0)
    for wanted in rng.permutation([0, 0, 1, 1]):
        out = torch.recording.run_operation(kind, (c, x if wanted else c), ())
        see.value([len(born), len(runs), out.requires_grad, type(out.grad_fn) is kind])
    torch.grad_mode.state.enabled = False
    torch.recording.run_operation(kind, (x, c), ())
    torch.grad_mode.state.enabled = True
    see.value([len(born), len(runs)])


@exercise("recording.run_operation", points=2, truth="reference")
def test_a_result_is_kept_where_a_formula_wants_it(torch, see, rng):
    """A node gets its result to keep, once it belongs to the node; without a node, nothing is kept."""
    kept = []
    kind = kind_of(
        torch,
        saves={"result": (0,)},
        gradients=(None, None),
        wanted=(False, True),
        save_output=lambda node, result: kept.append((node, result)),
    )
    x, c = torch.tensor(float(rng.normal()), requires_grad=True), torch.tensor(1.0)
    for wanted in rng.permutation([0, 1, 0, 1]):
        out = torch.recording.run_operation(kind, (c, x if wanted else c), ())
        see.count(len(kept))
        if wanted:
            see.identical(kept[-1][0], out.grad_fn)
            see.identical(kept[-1][1], out)
