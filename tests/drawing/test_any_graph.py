"""Pictures of graphs that no one thought of."""

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.drawing import describe_diff, draw, draw_diff
from autograder.model.transcript import Graph, GraphEdge, GraphNode, GraphRoot
from tests.drawing.picture import Picture

NUMBERS = st.none() | st.integers(-2, 12)
EDGES = st.lists(st.builds(GraphEdge, NUMBERS, st.integers(-1, 2)), max_size=4).map(tuple)
NODES = st.builds(
    GraphNode,
    name=st.sampled_from(["AddBackward0", "MulBackward0", "AccumulateGrad", "<b>", ""]),
    edges=EDGES,
    leaf=st.sampled_from([None, None, "x", "y"]),
)
ROOTS = st.builds(GraphRoot, kind=st.sampled_from(["node", "leaf", "constant"]), node=NUMBERS)
GRAPHS = st.builds(Graph, roots=st.lists(ROOTS, max_size=3).map(tuple), nodes=st.lists(NODES, max_size=12).map(tuple))


def reached(graph: Graph) -> set[int]:
    """The nodes that an honest walk from the roots would meet."""
    seen: set[int] = set()
    waiting = [root.node for root in graph.roots]
    while waiting:
        node = waiting.pop()
        if node is not None and 0 <= node < len(graph.nodes) and node not in seen:
            seen.add(node)
            waiting += [edge.node for edge in graph.nodes[node].edges]
    return seen


@settings(max_examples=60, deadline=None)
@given(GRAPHS, GRAPHS)
def test_every_pair_of_graphs_has_a_picture(expected, found):
    """Sound XML whatever was recorded, the same bytes each time, and nothing runs out of the picture."""
    svg = draw_diff(expected, found)
    assert svg == draw_diff(expected, found)
    for one in (draw(found), svg):
        left, right = Picture(one).reach()
        assert 0 <= left <= right <= 1


@settings(max_examples=60, deadline=None)
@given(GRAPHS)
def test_a_graph_does_not_differ_from_itself(graph):
    """As far as its roots reach."""
    if len(reached(graph)) == len(graph.nodes):
        assert describe_diff(graph, graph) == ()
