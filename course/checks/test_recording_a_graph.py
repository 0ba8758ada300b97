"""Public checks of the lesson *Recording a graph*."""

from types import SimpleNamespace

from autograder import exercise


@exercise("recording_a_graph.horner")
def test_a_polynomial_of_two_powers(torch, see):
    """The value at 5, and the graph that the loop has left behind.

    Each step is a product and a sum, in this order: the graph shows which came first.
    """
    from lessons.recording_a_graph import horner

    x = torch.tensor([5.0], requires_grad=True)
    out = horner([2.0, 3.0, 4.0], x)
    see.value(out)
    see.graph(out, x=x)


@exercise("recording_a_graph.horner")
def test_a_straight_line(torch, see):
    """Two coefficients take one step."""
    from lessons.recording_a_graph import horner

    x = torch.tensor([5.0], requires_grad=True)
    see.graph(horner([2.0, 3.0], x), x=x)


@exercise("recording_a_graph.count_constants")
def test_constants_of_the_recorded_graphs(torch, see):
    """`x * y + 1` has one, the polynomial three, and `x * x` none.

    A constant has no node, but a place among the edges.
    """
    from lessons.recorded import graph
    from lessons.recording_a_graph import count_constants

    see.value([count_constants(graph(name)) for name in ("out", "polynomial", "square")])
    see.value(count_constants(SimpleNamespace(grad_fn=None)))


@exercise("recording_a_graph.count_constants")
def test_a_node_that_is_reached_twice_counts_once(torch, see):
    """In the diamond, `h` is used twice, but its inputs are there only once; below it, the graph goes on."""
    from lessons.recorded import graph
    from lessons.recording_a_graph import count_constants

    below = graph("out").grad_fn
    above = SimpleNamespace(next_functions=((below, 0), (None, 0), (below, 0)))
    see.value(count_constants(SimpleNamespace(grad_fn=_hashed(above))))


def _hashed(node):
    """The same, as an object that can be put into a set."""
    return type("Sum", (), vars(node))()
