"""The order of a backward pass, from structure alone; gradients are whole numbers."""

from __future__ import annotations

from operator import add

import pytest
from msgspec.structs import replace

from autograder.drawing.rehearsal import Rehearsal, dependencies, input_counts
from tests.drawing.graphs import CONSTANT, graph

LAST = 2**64 - 1  # the rank of an accumulator

# h = x * y; out = h * 2 + h * 3, and each node's place in the order of recording
DIAMOND = graph(
    [0], ("Add", [1, 2]), ("Times2", [3, None]), ("Times3", [3, None]), ("Mul", [4, 5]), ("=x", []), ("=y", [])
)
DIAMOND_RANKS = [3, 1, 2, 0, LAST, LAST]


def send_on(recorded):
    """A formula for all nodes: the sum of what arrived goes along every edge."""

    def run(node, gradients):
        total = sum(gradient for gradient in gradients if gradient is not None)
        return [None if edge.node is None else total for edge in recorded.nodes[node].edges]

    return run


def rehearse(recorded, ranks, run=None, gradient=1):
    """All moments of a pass."""
    return list(Rehearsal(recorded, ranks, run or send_on(recorded), add).moments(gradient))


def order(moments):
    """The nodes in the order in which they ran."""
    return [moment.running for moment in moments if moment.running is not None]


def test_each_edge_is_a_gradient_to_wait_for():
    """The root waits for the first one, and a leaf that is used twice by one node for two."""
    assert dependencies(DIAMOND) == [1, 1, 1, 2, 1, 1]
    assert dependencies(CONSTANT) == [1, 1, 2]


def test_the_diamond():
    """The product waits for both of its uses, the newer of which runs first."""
    moments = rehearse(DIAMOND, DIAMOND_RANKS)
    assert order(moments) == [0, 2, 1, 3, 4, 5]
    assert [moment.waits[3] for moment in moments] == [2, 2, 1, 0, 0, 0, 0, 0]
    assert [moment.ready for moment in moments] == [(0,), (2, 1), (1,), (3,), (4, 5), (5,), (), ()]


def test_a_buffer_sums_what_arrives_and_is_emptied_when_its_node_runs():
    """The product's buffer holds one gradient, then the sum of two, then nothing."""
    moments = rehearse(DIAMOND, DIAMOND_RANKS)
    assert [moment.buffers[3] for moment in moments[1:5]] == [(None,), (1,), (2,), (None,)]
    assert moments[4].taken == (2,)
    assert moments[4].sent == (2, 2)


def test_a_leaf_that_is_ready_runs_before_older_operations():
    """As in `p=y.exp();q=x.tanh();p2=p.sigmoid();q2=q.exp();(p2*q2)`: o, q2, p2, q, x, p, y."""
    recorded = graph(
        [0], ("Mul", [1, 2]), ("P2", [3]), ("Q2", [4]), ("P", [5]), ("Q", [6]), ("=y", []), ("=x", [])
    )  # fmt: skip
    names = [
        recorded.nodes[node].leaf or recorded.nodes[node].name
        for node in order(rehearse(recorded, [4, 2, 3, 0, 1, LAST, LAST]))
    ]
    assert names == ["Mul", "Q2", "P2", "Q", "x", "P", "y"]


def test_a_shared_leaf_runs_once_after_its_last_gradient():
    """`x * x + x`: the accumulator waits for three and gets their sum."""
    recorded = graph([0], ("Add", [1, 2]), ("Mul", [2, 2]), ("=x", []))
    moments = rehearse(recorded, [1, 0, LAST])
    assert order(moments) == [0, 1, 2]
    assert [moment.waits[2] for moment in moments] == [3, 2, 0, 0, 0]
    assert moments[3].taken == (3,)


def test_leaves_that_get_ready_together_run_in_the_order_of_the_edges():
    """Equal ranks: first come, first served."""
    recorded = graph([0], ("Cat", [3, 1, 2]), ("=a", []), ("=b", []), ("=c", []))
    assert order(rehearse(recorded, [0, LAST, LAST, LAST])) == [0, 3, 1, 2]


def test_a_node_of_several_outputs_has_a_place_for_each():
    """Gradients of different outputs lie side by side; the output that nobody used stays empty."""
    recorded = graph([0], ("Add", [(1, 2), (1, 0)]), ("Unbind", [2]), ("=x", []))
    assert input_counts(recorded) == [1, 3, 1]
    moments = rehearse(recorded, [1, 0, LAST])
    assert moments[1].buffers[1] == (1, None, 1)
    assert moments[2].taken == (1, None, 1)


def test_the_pass_enters_at_the_roots_output():
    """The first gradient lies at the output that the root is."""
    recorded = graph([0], ("Unbind", [1]), ("=x", []))
    recorded = replace(recorded, roots=(replace(recorded.roots[0], output_nr=1),))
    assert rehearse(recorded, [0, LAST], gradient=7)[0].buffers[0] == (None, 7)


def test_a_missing_gradient_arrives_too():
    """Nobody waits for ever for a None, and results that are left out count as None."""
    recorded = graph([0], ("Add", [1, 1]), ("=x", []))
    moments = rehearse(recorded, [0, LAST], run=lambda node, gradients: [None])
    assert order(moments) == [0, 1]
    assert moments[2].taken == (None,)


def test_nodes_in_a_circle_never_become_ready():
    """The pass ends, and what still waits is seen."""
    recorded = graph([0], ("Add", [1, 2]), ("Mul", [1]), ("=x", []))
    moments = rehearse(recorded, [1, 0, LAST])
    assert order(moments) == [0, 2]
    assert moments[-1].waits == (0, 1, 0)


def test_a_circle_through_the_root_stops_at_the_start():
    """Then the first gradient alone makes nothing ready."""
    assert order(rehearse(graph([0], ("Add", [0])), [0])) == []


@pytest.mark.parametrize("depth", [3000])
def test_deep_graphs_are_no_danger(depth):
    """There is no recursion."""
    recorded = graph([0], *[("Add", [number + 1]) for number in range(depth)], ("=x", []))
    assert order(Rehearsal(recorded, [0] * (depth + 1), send_on(recorded), add).moments(1))[-1] == depth
