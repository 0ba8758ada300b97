"""Public checks of the unit *The engine*. They go backward as a user of PyTorch would."""

from autograder import exercise


@exercise("engine.execute")
def test_a_product_goes_backward(torch, see):
    """The gradient of `x * y` is `y` for `x` and `x` for `y`."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    (x * y).backward()
    see.grad(x)
    see.grad(y)


@exercise("engine.execute")
def test_two_backward_passes_add_up(torch, see):
    """A second backward pass adds to what the first one left in `.grad`."""
    w = torch.tensor([1.0], requires_grad=True)
    (w * 2).backward()
    see.grad(w)
    (w * 3).backward()
    see.grad(w)


@exercise("engine.evaluate_function")
def test_a_node_waits_for_all_its_gradients(torch, see):
    """On a diamond the shared node runs once, with the sum of what comes down both sides.

    The short side arrives first. What must the shared node do until the long side is there?
    """
    x = torch.tensor([2.0], requires_grad=True)
    shared = x.exp()
    runs = []
    shared.grad_fn.register_hook(lambda results, gradients: runs.append("shared"))
    out = shared * (shared * shared)
    out.backward()
    see.grad(x)
    see.order(runs)


@exercise("engine.compute_dependencies", truth="reference")
def test_every_edge_counts(torch, see):
    """A node that two edges lead to waits for two gradients."""
    x = torch.tensor([2.0], requires_grad=True)
    shared = x.exp()
    out = shared * shared
    dependencies = torch.engine.Engine().compute_dependencies(out.grad_fn)
    see.value(dependencies[shared.grad_fn])
    see.value(dependencies[shared.grad_fn.next_functions[0][0]])


@exercise("engine.input_buffer", truth="reference")
def test_a_buffer_adds_what_arrives(torch, see):
    """A buffer holds the sum of what arrived at each input, None where nothing did."""
    buffer = torch.engine.InputBuffer(2)
    buffer.add(0, torch.tensor([2.0]))
    buffer.add(0, torch.tensor([3.0]))
    see.value(list(buffer.gradients))


@exercise("engine.push", truth="reference")
def test_a_pushed_node_is_in_the_queue(torch, see):
    """The queue is one longer after each push."""
    queue = torch.engine.ReadyQueue()
    for _ in range(3):
        queue.push(torch.node.Node(), torch.engine.InputBuffer(1))
        see.count(len(queue))


@exercise("engine.pop", truth="reference")
def test_a_node_leaves_with_its_gradients(torch, see):
    """What leaves the queue is the node that came, with its own buffer, and nothing stays behind."""
    queue, node, buffer = torch.engine.ReadyQueue(), torch.node.Node(), torch.engine.InputBuffer(1)
    queue.push(node, buffer)
    left = queue.pop()
    see.identical(left[0], node)
    see.identical(left[1], buffer)
    see.count(len(queue))


@exercise("engine.execute")
def test_a_long_chain_goes_backward(torch, see):
    """A chain of 3,000 operations goes backward: the engine works in a loop, not by recursion."""
    x = torch.tensor([1.0], requires_grad=True)
    y = x
    for _ in range(3000):
        y = y + x
    y.backward()
    see.grad(x)
