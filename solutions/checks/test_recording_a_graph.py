"""Hidden checks of the lesson *Recording a graph*. Stand-ins take the place of nodes."""

from types import SimpleNamespace

from autograder import exercise


class Stop:
    """A stand-in for a node, which only has edges."""

    def __init__(self, *targets):
        self.next_functions = tuple((target, 0) for target in targets)


def behind(node):
    """A stand-in for the tensor that `node` made."""
    return SimpleNamespace(grad_fn=node, output_nr=0, requires_grad=True)


class Trace:
    """A stand-in for a tensor: it notes what is done with it, as text."""

    def __init__(self, text):
        self.text = text

    def __mul__(self, other):
        return Trace(f"({self.text} * {text_of(other)})")

    def __rmul__(self, other):
        return Trace(f"({text_of(other)} * {self.text})")

    def __add__(self, other):
        return Trace(f"({self.text} + {text_of(other)})")

    def __radd__(self, other):
        return Trace(f"({text_of(other)} + {self.text})")


def text_of(value):
    """A number or a stand-in, as text."""
    return value.text if isinstance(value, Trace) else f"{value:g}"


@exercise("recording_a_graph.horner", points=2)
def test_each_step_is_a_product_and_a_sum(torch, see, rng):
    """As many steps as there are powers, from the last coefficient down to the first."""
    from lessons.recording_a_graph import horner

    for count in rng.permutation([2, 3, 6]).tolist():
        see.value(horner(rng.integers(2, 9, size=count).astype(float).tolist(), Trace("x")).text)


@exercise("recording_a_graph.horner", points=1)
def test_the_coefficients_stay_as_they_are(torch, see, rng):
    """The list that was handed over is the same afterwards."""
    from lessons.recording_a_graph import horner

    coefficients = rng.integers(2, 9, size=4).astype(float).tolist()
    see.value(horner(coefficients, Trace("x")).text)
    see.value(coefficients)


@exercise("recording_a_graph.count_constants", points=2)
def test_every_empty_edge_counts(torch, see, rng):
    """Also several at one node, and those far from the result."""
    from lessons.recording_a_graph import count_constants

    node = Stop()
    for empty in rng.permutation([0, 0, 1, 2, 2, 3]).tolist():
        node = Stop(*[None] * empty, node)
    see.value(count_constants(behind(node)))
    see.value(count_constants(behind(None)))


@exercise("recording_a_graph.count_constants", points=2)
def test_no_node_counts_twice(torch, see, rng):
    """However many ways lead to a node: in a ladder of forty rungs there are more than anybody can walk."""
    from lessons.recording_a_graph import count_constants

    node = Stop(*[None] * int(rng.integers(2, 6)))
    for _ in range(40):
        node = Stop(Stop(node), Stop(node, None))
    see.value(count_constants(behind(node)))


@exercise("recording_a_graph.count_constants", points=1)
def test_deep_graphs_are_no_danger(torch, see):
    """A chain of 20,000 nodes: no recursion."""
    from lessons.recording_a_graph import count_constants

    chain = [Stop(None)]
    for _ in range(20_000):
        chain.append(Stop(chain[-1], None))
    see.value(count_constants(behind(chain[-1])))
    while chain:
        chain.pop().next_functions = ()
