"""Public checks of the lesson *Recording a graph*. Stand-ins take the place of tensors and nodes."""

from types import SimpleNamespace

from autograder import exercise


class Step:
    """A stand-in for a node, which only has edges; a missing target is a constant."""

    def __init__(self, *targets):
        self.next_functions = tuple((target, 0) for target in targets)


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


@exercise("recording_a_graph.horner")
def test_a_polynomial_of_two_powers(torch, see):
    """What is done with `x`, step by step, and in which order.

    Each step is a product and a sum, from the last coefficient down to the first.
    """
    from lessons.recording_a_graph import horner

    see.value(horner([2.0, 3.0, 4.0], Trace("x")).text)
    see.value(horner([5.0, 6.0], Trace("x")).text)


@exercise("recording_a_graph.horner")
def test_the_coefficients_are_only_read(torch, see):
    """The caller's list is the same afterwards."""
    from lessons.recording_a_graph import horner

    coefficients = [2.0, 3.0, 4.0, 5.0]
    horner(coefficients, Trace("x"))
    see.value(coefficients)


@exercise("recording_a_graph.count_constants")
def test_every_constant_counts(torch, see):
    """Two at one node, one at another, none at a third; and nothing behind a tensor that was not computed.

    A constant has no node, but a place among the edges.
    """
    from lessons.recording_a_graph import count_constants

    last = Step(None, None)
    see.value(count_constants(SimpleNamespace(grad_fn=Step(Step(last, None), Step(last)))))
    see.value(count_constants(SimpleNamespace(grad_fn=None)))


@exercise("recording_a_graph.count_constants")
def test_a_node_that_is_reached_twice_counts_once(torch, see):
    """Both factors of the product are the same node: its constant is there only once."""
    from lessons.recording_a_graph import count_constants

    shared = Step(Step(), None)
    see.value(count_constants(SimpleNamespace(grad_fn=Step(shared, shared))))


@exercise("recording_a_graph.count_constants")
def test_thousands_of_constants_are_counted(torch, see):
    """One at each node of a long chain: a function that calls itself for each node does not reach its end."""
    from lessons.recording_a_graph import count_constants

    node = None
    for _ in range(3000):
        node = Step(node, None)
    see.value(count_constants(SimpleNamespace(grad_fn=node)))
