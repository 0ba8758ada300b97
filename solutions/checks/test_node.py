"""Hidden checks of the unit *Nodes*. Most build their nodes by hand, so that only `node.py` is looked at."""

import weakref
from types import SimpleNamespace

import pytest

from autograder import exercise


def kind_of(torch, name, **members):
    """A new kind of node with this name, which calls itself so whatever `Node.name` says."""
    return type(name, (torch.node.Node,), {"name": lambda node: name, **members})


def tensor_behind(node):
    """A stand-in for the tensor that `node` made."""
    return SimpleNamespace(grad_fn=node, output_nr=0, requires_grad=True)


def with_inputs(torch, node, count):
    """`node`, ready to receive that many gradients."""
    scalar = torch.metadata.InputMetadata.of(torch.tensor(0.0))
    node._input_metadata = [scalar] * count
    return node


@exercise("node.next_functions", points=3, truth="reference")
@pytest.mark.parametrize("empty", [1, 2])
def test_an_empty_edge_keeps_its_place(torch, see, rng, empty):
    """An empty edge reads `(None, 0)` and keeps its place among the others."""
    Edge = torch.edge.Edge
    names = ["NegBackward0", "ExpBackward0", "TanhBackward0"]
    edges = [Edge(kind_of(torch, name)(), 0) for name in names] + [Edge()] * empty
    out = tensor_behind(kind_of(torch, "CatBackward0")(tuple(edges[place] for place in rng.permutation(3 + empty))))
    see.graph(out)


@exercise("node.next_functions", points=2, truth="reference")
def test_every_pair_says_which_input_it_leads_to(torch, see, rng):
    """Each pair holds the node and the number of the input that its edge leads to."""
    Edge = torch.edge.Edge
    several = kind_of(torch, "UnbindBackward0")()
    out = tensor_behind(kind_of(torch, "StackBackward0")(tuple(Edge(several, int(nr)) for nr in rng.permutation(6))))
    see.graph(out)


@exercise("node.next_functions", points=1, truth="reference")
def test_a_node_without_edges_has_the_empty_tuple(torch, see):
    """A node without edges has the empty tuple."""
    see.value(torch.node.Node().next_functions)


@exercise("node.next_functions", points=1, truth="reference")
def test_what_is_shown_is_a_fresh_tuple_of_pairs(torch, see, rng):
    """`next_functions` is a tuple of pairs made for the one who looks, each time anew."""
    edges = [torch.edge.Edge(torch.node.Node(), 1), torch.edge.Edge()] * int(rng.integers(1, 5))
    node = torch.node.Node(tuple(edges))
    shown = node.next_functions
    see.value(isinstance(shown, tuple))
    see.value([(isinstance(pair, tuple), len(pair)) for pair in shown])
    see.identical(shown, node.next_functions)


@exercise("node.name", points=2, truth="reference")
def test_a_new_kind_of_node_is_named_after_its_class(torch, see, rng):
    """A kind of node that is made today has its own name, also when it inherits from another kind."""
    first, second = (f"Step{number}Backward0" for number in rng.permutation(90)[:2])
    kind = type(first, (torch.node.Node,), {})
    kind_of_kind = type(second, (kind,), {})
    see.value(kind().name())
    see.value(kind_of_kind().name())


@exercise("node.name", points=0.5)
@pytest.mark.parametrize(
    "operation",
    ["sub", "mul", "div", "neg", "exp", "tanh", "sum", "mean"],
)
def test_operations_have_the_names_that_pytorch_gives_them(torch, see, operation):
    """The node of each operation has PyTorch's name for it."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    y = torch.tensor([4.0, 5.0], requires_grad=True)
    operations = {
        "sub": lambda: x - y,
        "mul": lambda: x * y,
        "div": lambda: x / y,
        "neg": lambda: -x,
        "exp": lambda: x.exp(),
        "tanh": lambda: x.tanh(),
        "sum": lambda: x.sum(),
        "mean": lambda: x.mean(),
    }
    out = operations[operation]()
    see.value(out.grad_fn.name())


@exercise("node.add_input_metadata", points=2, truth="reference")
def test_outputs_are_numbered_from_zero(torch, see, rng):
    """The outputs of a node are numbered 0, 1, 2, … in the order in which they come."""
    node = torch.node.Node()
    for _ in range(int(rng.integers(3, 7))):
        see.value(node.add_input_metadata(torch.tensor(0.0)))


@exercise("node.add_input_metadata", points=1, truth="reference")
def test_each_output_is_remembered_by_its_shape(torch, see, rng):
    """The node remembers the shape of each output, in order."""
    node = torch.node.Node()
    for size in rng.permutation(5):
        node.add_input_metadata(torch.tensor([0.0] * int(size + 1)))
    see.value([tuple(int(size) for size in metadata.shape) for metadata in node._input_metadata])


@exercise("node.add_input_metadata", points=1, truth="reference")
def test_the_output_itself_is_not_kept_alive(torch, see):
    """The node does not keep the output alive."""
    node, output = torch.node.Node(), torch.tensor([1.0])
    node.add_input_metadata(output)
    reference = weakref.ref(output)
    del output
    see.alive(reference)


@exercise("node.call", points=2, truth="reference")
def test_the_formula_gets_the_gradients_in_order(torch, see, rng):
    """The formula gets all gradients, in order, and its results come back as a tuple."""
    node = kind_of(torch, "SwapBackward0", apply=lambda node, one, two, three: [three, one, two])()
    gradients = [torch.tensor(float(number)) for number in rng.permutation(9)[:3]]
    results = with_inputs(torch, node, 3)(*gradients)
    see.value(results)


@exercise("node.call", points=1, truth="reference")
def test_only_a_single_gradient_is_bare(torch, see, rng):
    """One result is handed back as it is, none and several as a tuple."""
    gradients = [torch.tensor(float(number)) for number in rng.integers(1, 9, size=2)]
    for count in range(3):
        node = kind_of(torch, "SomeBackward0", apply=lambda node, one, two, count=count: [one, two][:count])()
        see.value(with_inputs(torch, node, 2)(*gradients))


@exercise("node.call", points=1, truth="reference")
def test_a_missing_gradient_is_passed_on_as_none(torch, see, rng):
    """A missing gradient counts, and reaches the formula as None."""
    node = kind_of(torch, "PairBackward0", apply=lambda node, one, two: (two, one))()
    results = with_inputs(torch, node, 2)(None, torch.tensor(float(rng.integers(1, 9))))
    see.value(results)


@exercise("node.call", points=1, truth="reference")
@pytest.mark.parametrize("surplus", [-1, 1], ids=["too-few", "too-many"])
def test_a_wrong_number_of_gradients_is_a_type_error(torch, see, rng, surplus):
    """Too few or too many gradients are refused before the formula runs."""
    runs = []
    node = kind_of(torch, "PairBackward0", apply=lambda node, *gradients: runs.append("run") or ())()
    count = int(rng.integers(2, 7))
    gradients = [torch.tensor(1.0)] * (count + surplus)
    with see.raises(text=True):
        with_inputs(torch, node, count)(*gradients)
    see.count(len(runs))
