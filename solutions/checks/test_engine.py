"""Hidden checks of the unit *The engine*. Graphs are built by hand, so that only `engine.py` is looked at."""

from functools import cache

import pytest

from autograder import exercise


@cache
def kind(torch):
    """Nodes that note their name and the sum of what reached them, and send that sum on, times each arrow's factor."""

    def call(node, *gradients):
        total = sum((gradient.tolist() for gradient in gradients if gradient is not None), 0.0)
        node.log.append((node.label, total))
        return tuple(None if factor is None else torch.tensor(total * factor) for factor in node.factors)

    return type("Step", (torch.node.Node,), {"apply": call, "name": lambda node: node.label})


@cache
def scalar(torch):
    """What a node remembers of an input without dimensions."""
    return torch.metadata.InputMetadata.of(torch.tensor(0.0))


def step(torch, log, name, *arrows, inputs=1):
    """A node of that kind. An arrow is a triple (node or None, input_nr, factor); the factor None sends no gradient."""
    node = kind(torch)(tuple(torch.edge.Edge(target, nr) for target, nr, _ in arrows))
    node.label, node.log = name, log
    node.factors = [factor for _, _, factor in arrows]
    node._input_metadata = [scalar(torch)] * inputs
    return node


def go(torch, *roots, gradients=None, **options):
    """A backward pass from these nodes, each of which receives 1 unless `gradients` says otherwise."""
    gradients = gradients or [1.0] * len(roots)
    edges = [torch.edge.Edge(root, 0) for root in roots]
    torch.engine.Engine().execute(edges, [torch.tensor(float(gradient)) for gradient in gradients], **options)


def sums(log):
    """Each node's runs in the order of names, since the order of running is the engine's own choice."""
    return [f"{name} {total:.6g}" for name, total in sorted(log)]


def small(rng):
    """A factor that floats hold exactly."""
    return float(rng.integers(1, 9))


@exercise("engine.input_buffer", points=2, truth="reference")
def test_each_input_has_a_sum_of_its_own(torch, see, rng):
    """Gradients that arrive at one input are added up, those of different inputs stay apart."""
    buffer = torch.engine.InputBuffer(3)
    for input_nr in rng.permutation([0, 0, 2, 2, 2]):
        buffer.add(int(input_nr), torch.tensor([small(rng), small(rng)]))
    see.value(list(buffer.gradients))


@exercise("engine.input_buffer", points=1, truth="reference")
def test_a_missing_gradient_adds_nothing(torch, see, rng):
    """A missing gradient changes nothing, whether it comes first, later or alone."""
    buffer = torch.engine.InputBuffer(2)
    buffer.add(0, None)
    see.value(list(buffer.gradients))
    buffer.add(0, torch.tensor(small(rng)))
    buffer.add(0, None)
    see.value(list(buffer.gradients))


@exercise("engine.input_buffer", points=1, truth="reference")
def test_arrived_gradients_are_not_changed(torch, see, rng):
    """The tensors that arrive stay as they are, since their senders may still use them."""
    buffer = torch.engine.InputBuffer(1)
    first, second = torch.tensor([small(rng)]), torch.tensor([small(rng)])
    buffer.add(0, first)
    buffer.add(0, second)
    see.value(first)
    see.value(second)


@exercise("engine.push", points=1, truth="reference")
def test_nodes_of_equal_number_can_wait_together(torch, see, rng):
    """Any number of nodes with the same sequence number can wait in the queue, and all leave it."""
    queue = torch.engine.ReadyQueue()
    nodes = [torch.node.Node((), 7) for _ in range(int(rng.integers(4, 9)))]
    for node in nodes:
        queue.push(node, torch.engine.InputBuffer(1))
    see.count(len(queue))
    left = [queue.pop()[0] for _ in nodes]
    see.value([node in left for node in nodes])


@exercise("engine.pop", points=2, truth="reference")
def test_each_node_leaves_once_with_its_own_buffer(torch, see, rng):
    """Every node leaves the queue once, together with the buffer that came with it."""
    queue, waiting = torch.engine.ReadyQueue(), []
    for is_push in [1, 1, *rng.permutation([0, 0, 1, 1, 1]), 0, 0, 0]:
        if is_push:
            waiting.append((torch.node.Node((), int(rng.integers(9))), torch.engine.InputBuffer(1)))
            queue.push(*waiting[-1])
        else:
            node, buffer = queue.pop()
            see.value([mate is buffer for other, mate in waiting if other is node])
            waiting = [pair for pair in waiting if pair[0] is not node]
        see.count(len(queue))


@exercise("engine.compute_dependencies", points=2, truth="reference")
def test_each_edge_is_counted_once(torch, see, rng):
    """Where millions of paths cross, each node waits for as many gradients as edges lead to it."""
    log, nodes = [], [step(torch, [], "bottom")]
    for count in rng.integers(2, 5, size=12):
        sides = [step(torch, log, "side", (nodes[-1], 0, 1.0)) for _ in range(count)]
        nodes.append(step(torch, log, "top", *[(side, 0, 1.0) for side in sides]))
    dependencies = torch.engine.Engine().compute_dependencies(nodes[-1])
    see.value([dependencies.get(node) for node in nodes[:-1]])


@exercise("engine.compute_dependencies", points=2, truth="reference")
def test_parallel_edges_count_and_empty_ones_do_not(torch, see, rng):
    """Several edges between two nodes all count, empty edges never do."""
    log, count = [], int(rng.integers(2, 6))
    end = step(torch, log, "end", inputs=2)
    top = step(torch, log, "top", (None, 0, 1.0), *[(end, nr % 2, 1.0) for nr in range(count)], (None, 0, 1.0))
    dependencies = torch.engine.Engine().compute_dependencies(top)
    see.value(dependencies.get(end))
    see.count(len([node for node in dependencies if node is not top]))


@exercise("engine.compute_dependencies", points=1, truth="reference")
def test_a_deep_graph_is_counted_without_recursion(torch, see, rng):
    """A graph thousands of nodes deep is counted to its end."""
    log, node = [], None
    for _ in range(int(rng.integers(4000, 5000))):
        node = step(torch, log, "link", (node, 0, 1.0))
    dependencies = torch.engine.Engine().compute_dependencies(node)
    see.count(len([found for found in dependencies if found is not node]))


def task_for(torch, **dependencies):
    """A graph task in which these nodes, by name, wait for so many gradients; and the nodes."""
    log = []
    task = torch.engine.GraphTask()
    nodes = {name: step(torch, log, name, inputs=2) for name in dependencies}
    task.dependencies = {nodes[name]: count for name, count in dependencies.items()}
    return task, nodes


def arrived(torch, value):
    """A buffer in which one gradient has arrived."""
    buffer = torch.engine.InputBuffer(1)
    buffer.gradients = [torch.tensor(value)]
    return buffer


@exercise("engine.evaluate_function", points=3, truth="reference")
def test_a_node_becomes_ready_with_its_last_gradient(torch, see, rng):
    """A node waits until the last of its gradients is there, then it is in the ready queue."""
    count = int(rng.integers(2, 6))
    task, nodes = task_for(torch, target=count)
    target = nodes["target"]
    for _ in range(count):
        sender = step(torch, [], "sender", (target, 0, small(rng)))
        torch.engine.Engine().evaluate_function(task, sender, arrived(torch, small(rng)))
        see.value(task.dependencies.get(target, 0))
        see.count(len(task.ready_queue))


@exercise("engine.evaluate_function", points=2, truth="reference")
def test_each_gradient_arrives_at_its_input(torch, see, rng):
    """Each result arrives at the input that its edge leads to; what arrives at one input is added up."""
    task, nodes = task_for(torch, target=3)
    target = nodes["target"]
    arrows = [(target, 1, small(rng)), (None, 0, None), (target, 0, small(rng)), (target, 1, small(rng))]
    torch.engine.Engine().evaluate_function(task, step(torch, [], "sender", *arrows), arrived(torch, small(rng)))
    node, buffer = task.ready_queue.pop()
    see.identical(node, target)
    see.value(list(buffer.gradients))


@exercise("engine.evaluate_function", points=1, truth="reference")
def test_a_missing_gradient_arrives_too(torch, see, rng):
    """A missing gradient is one gradient less to wait for, though it adds nothing."""
    task, nodes = task_for(torch, target=2)
    target = nodes["target"]
    sender = step(torch, [], "sender", (target, 0, None), (target, 1, small(rng)))
    torch.engine.Engine().evaluate_function(task, sender, arrived(torch, small(rng)))
    see.count(len(task.ready_queue))
    see.value(list(task.ready_queue.pop()[1].gradients))


@exercise("engine.evaluate_function", points=1, truth="reference")
def test_nodes_that_take_no_part_are_left_out(torch, see, rng):
    """A node that takes no part in the pass gets nothing and never becomes ready."""
    task, nodes = task_for(torch, one=1, two=1)
    outside = [step(torch, [], "outside") for _ in range(int(rng.integers(2, 5)))]
    targets = [*outside, *nodes.values()]
    arrows = [(targets[place], 0, small(rng)) for place in rng.permutation(len(targets))]
    torch.engine.Engine().evaluate_function(task, step(torch, [], "sender", *arrows), arrived(torch, small(rng)))
    see.count(len(task.ready_queue))
    left = [task.ready_queue.pop()[0] for _ in nodes]
    see.value([node in left for node in targets])


@exercise("engine.execute", points=3, truth="reference")
def test_a_node_runs_once_with_the_sum_of_all_paths(torch, see, rng):
    """On a diamond with a short and a long side the shared node runs once, with the sum of both."""
    log = []
    shared = step(torch, log, "shared", (step(torch, log, "leaf"), 0, small(rng)))
    long = step(torch, log, "long", (step(torch, log, "longer", (shared, 0, small(rng))), 0, small(rng)))
    top = step(torch, log, "top", (shared, 0, small(rng)), (long, 0, small(rng)), (shared, 0, small(rng)))
    go(torch, top)
    see.order(sums(log))


@exercise("engine.execute", points=1, truth="reference")
def test_a_ladder_of_diamonds_is_done_in_one_run_per_node(torch, see, rng):
    """Forty diamonds in a row have a million million paths, and each node still runs once."""
    log = []
    below = step(torch, log, "end")
    for _ in range(40):
        sides = [step(torch, log, "side", (below, 0, 0.5)) for _ in range(2)]
        below = step(torch, log, "top", *[(side, 0, 1.0) for side in sides])
    go(torch, below, gradients=[small(rng)])
    see.count(len(log))
    see.value(dict(log)["end"])


@exercise("engine.execute", points=2, truth="reference")
@pytest.mark.parametrize("count", [2, 3])
def test_several_roots_add_up(torch, see, rng, count):
    """Gradients from several roots add up where their paths meet, and one root may be given several times."""
    log = []
    shared = step(torch, log, "shared")
    roots = [step(torch, log, f"root{number}", (shared, 0, small(rng))) for number in range(count)]
    go(torch, *roots, roots[0], gradients=[small(rng) for _ in range(count + 1)])
    see.order(sums(log))


@exercise("engine.execute", points=1, truth="reference")
def test_a_root_may_lie_behind_another_root(torch, see, rng):
    """A root that lies behind another root waits for what comes from there."""
    log = []
    inner = step(torch, log, "inner", (step(torch, log, "leaf"), 0, small(rng)))
    outer = step(torch, log, "outer", (step(torch, log, "between", (inner, 0, small(rng))), 0, small(rng)))
    go(torch, inner, outer, gradients=[small(rng), small(rng)])
    see.order(sums(log))


@exercise("engine.execute", points=1, truth="reference")
def test_only_what_is_asked_for_is_told(torch, see, rng):
    """With `output_edges` the pass returns the gradients that arrive there, in their order, and those alone."""
    log = []
    ends = [step(torch, log, f"end {number}") for number in range(3)]
    top = step(torch, log, "top", *[(end, 0, small(rng)) for end in ends])
    wanted = [ends[number] for number in rng.permutation(3)[:2]]
    edges = tuple(torch.edge.Edge(end, 0) for end in wanted)
    root, gradient = torch.edge.Edge(top, 0), torch.tensor(small(rng))
    found = torch.engine.Engine().execute([root], [gradient], accumulate_grad=False, output_edges=edges)
    see.value([gradient.item() for gradient in found])


@exercise("engine.execute", points=1, truth="reference")
def test_a_chain_of_thousands_goes_backward(torch, see, rng):
    """A chain of thousands of nodes goes backward: no recursion."""
    log, node = [], None
    for _ in range(int(rng.integers(4000, 5000))):
        node = step(torch, log, "link", (node, 0, 1.0))
    go(torch, node, gradients=[small(rng)])
    see.count(len(log))
    see.value(log[-1][1])


@exercise("engine.execute", points=1, truth="reference")
def test_the_engine_can_be_used_again_after_an_exception(torch, see, rng):
    """An exception in a node ends the pass and reaches the caller; the next pass is a pass like any other."""
    log = []

    def fail(node, *gradients):
        raise ValueError("a node failed")

    broken = type("Broken", (torch.node.Node,), {"apply": fail})()
    broken._input_metadata = [scalar(torch)]
    with see.raises(text=True):
        go(torch, step(torch, log, "first", (broken, 0, 1.0)))
    go(torch, step(torch, log, "second", (step(torch, log, "leaf"), 0, small(rng))))
    see.order(sums(log))
