"""The engine: order, sums, roots, and depth."""

import gc
import time
import weakref

import pytest
from mytorch.edge import gradient_edge
from mytorch.engine import Engine, GraphTask, InputBuffer, ReadyQueue
from mytorch.node import Node

from tests.reference.conftest import leaf


def test_newest_ready_node_first_and_leaves_as_soon_as_ready(torch):
    """The order of one pass over two crossing branches."""
    x, y, order = leaf(torch), leaf(torch), []
    p = y.exp()
    q = x.tanh()
    p2 = p.sigmoid()
    q2 = q.exp()
    o = p2 * q2
    for name, tensor in {"o": o, "q2": q2, "p2": p2, "q": q, "x": x, "p": p, "y": y}.items():
        tensor.register_hook(lambda g, name=name: order.append(name))
    o.backward()
    assert order == ["o", "q2", "p2", "q", "x", "p", "y"]


def test_tied_leaves_run_in_the_order_of_their_edges(torch):
    """Two or three accumulators that become ready together."""
    leaves, order = [leaf(torch) for _ in range(3)], []
    for place, each in enumerate(leaves):
        each.register_hook(lambda g, place=place: order.append(place))
    torch.stack(leaves).sum().backward()
    assert order == [0, 1, 2]


def test_dependencies_count_every_edge_once(reference):
    """Two edges to one accumulator count twice, an empty edge not at all, the root not at all."""
    x = leaf(reference)
    y = x * x
    z = y + 1
    assert Engine().compute_dependencies(z.grad_fn) == {
        y.grad_fn: 1,
        y.grad_fn.next_functions[0][0]: 2,
    }


def test_an_input_buffer_sums_what_arrives(reference):
    """Each place for itself; None adds nothing, and no gradient that arrived is changed."""
    buffer, two = InputBuffer(2), reference.tensor(2.0)
    buffer.add(0, two)
    buffer.add(0, None)
    buffer.add(0, reference.tensor(3.0))
    assert (buffer.gradients[0].item(), buffer.gradients[1], two.item()) == (5.0, None, 2.0)


def test_the_ready_queue_gives_the_highest_number_first(reference):
    """Equal numbers leave as they came."""
    queue = ReadyQueue()
    nodes = [Node(sequence_nr=number) for number in (4, 7, 5, 7)]
    for node in nodes:
        queue.push(node, InputBuffer(0))
    assert len(queue) == 4
    assert [queue.pop()[0] for _ in nodes] == [nodes[1], nodes[3], nodes[2], nodes[0]]


def test_evaluating_a_node_makes_the_next_one_ready(reference):
    """Both edges of a square arrive at one accumulator, which is ready afterwards."""
    x = leaf(reference, 3.0)
    y = x * x
    engine, task, buffer = Engine(), GraphTask(), InputBuffer(1)
    task.dependencies = engine.compute_dependencies(y.grad_fn)
    buffer.add(0, reference.tensor(1.0))
    engine.evaluate_function(task, y.grad_fn, buffer)
    node, arrived = task.ready_queue.pop()
    assert (node, arrived.gradients[0].item()) == (x._grad_accumulator(), 6.0)
    assert task.dependencies[node] == 0


def test_execute_runs_from_edges(reference):
    """Roots are edges with a gradient each; their numbers must agree."""
    x = leaf(reference, 3.0)
    y = x * x
    assert Engine().execute([gradient_edge(y)], [reference.tensor(1.0)]) == ()
    assert x.grad.item() == 6.0
    with pytest.raises(RuntimeError, match="got 1 tensors and 0 gradients"):
        Engine().execute([gradient_edge(y)], [])


def test_several_roots_add(torch):
    """The same root twice too, and roots inside each other, and a leaf as root."""
    x = leaf(torch)
    y = x * 3
    torch.autograd.backward([y, y], retain_graph=True)
    assert x.grad.item() == 6.0
    torch.autograd.backward([y * 2, y], retain_graph=True)
    assert x.grad.item() == 15.0
    x.backward()
    assert x.grad.item() == 16.0
    torch.autograd.backward([])


def test_a_backward_pass_works_inside_no_grad(torch):
    """It records nothing and needs no recording."""
    x = leaf(torch)
    y = x * x
    with torch.no_grad():
        y.backward()
    assert x.grad.item() == 4.0


def test_the_pass_runs_with_recording_off_or_on(torch):
    """Hooks see grad mode off, with create_graph on."""
    x, seen = leaf(torch), []
    x.register_hook(lambda g: seen.append(torch.is_grad_enabled()))
    torch.autograd.grad(x * x, x)
    torch.autograd.grad(x * x, x, create_graph=True)
    assert seen == [False, True]


def test_sixty_doublings_are_instant(torch):
    """Each node runs once, not once for each path."""
    x = leaf(torch, 1.0)
    y = x
    for _ in range(60):
        y = y + y
    y.backward()
    assert x.grad.item() == 2.0**60


@pytest.mark.parametrize("count", [100_000, pytest.param(1_000_000, marks=pytest.mark.campaign)])
def test_many_additions_go_backward_and_are_freed_without_recursion(reference, count):
    """Neither the pass nor the freeing of the chain knows a depth, and no garbage collector is needed."""
    gc.disable()
    try:
        x = leaf(reference, 1.0)
        gone = weakref.ref(x)
        y = x
        for _ in range(count):
            y = y + 1
        y.backward()
        assert x.grad.item() == 1.0
        del x, y
        assert gone() is None
    finally:
        gc.enable()


def test_a_chain_that_saves_values_is_freed_without_recursion(reference):
    """Saved tensors hold nodes, which hold saved tensors: freeing them needs no stack either."""
    gc.disable()
    try:
        x = leaf(reference, 1.0)
        gone = weakref.ref(x)
        y = x
        for _ in range(200_000):
            y = y * y
        del x, y
        assert gone() is None
    finally:
        gc.enable()


def test_a_fan_of_a_hundred_thousand_edges(reference):
    """Many edges into one accumulator."""
    x = leaf(reference, 1.0)
    reference.stack([x] * 100_000).sum().backward()
    assert x.grad.item() == 100_000.0


def test_ten_thousand_doublings(reference):
    """The number of paths is beyond all floats, the number of nodes is not."""
    x = leaf(reference, 1.0)
    y = x
    for _ in range(10_000):
        y = y + y
    y.backward()
    assert x.grad.item() == float("inf")


@pytest.mark.campaign
def test_the_cost_of_a_node_does_not_depend_on_the_length_of_the_chain(reference):
    """A thousand times as many nodes take about a thousand times as long (printed, not asserted)."""
    for count in (1_000, 10_000, 100_000, 1_000_000):
        x = leaf(reference, 1.0)
        y = x
        started = time.perf_counter()
        for _ in range(count):
            y = y + 1
        y.backward()
        print(f"{count:>9} nodes: {(time.perf_counter() - started) / count * 1e6:.2f} µs each")  # noqa: T201
        assert x.grad.item() == 1.0
