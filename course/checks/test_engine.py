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


@exercise("engine.execute")
def test_two_roots_make_one_pass(torch, see):
    """Going backward from two results at once, what lies behind both runs once, with the sum.

    `GraphRoot` stands in front of all roots. How many passes are needed then?
    """
    x = torch.tensor([2.0], requires_grad=True)
    shared = x.exp()
    runs = []
    shared.grad_fn.register_hook(lambda results, gradients: runs.append("shared"))
    torch.autograd.backward([shared * 2, shared * 3], [torch.tensor([1.0]), torch.tensor([1.0])])
    see.grad(x)
    see.order(runs)


@exercise("engine.evaluate_function")
def test_a_node_waits_for_all_its_gradients(torch, see):
    """On a diamond the shared node runs once, with the sum of what comes down both sides.

    The short side arrives first. What must the shared node do until the long side is there? The check listens with a
    hook, which `call_function` calls; and while nodes run, the grad mode is off: `execute` sees to it.
    """
    x = torch.tensor([2.0], requires_grad=True)
    shared = x.exp()
    runs = []
    shared.grad_fn.register_hook(lambda results, gradients: runs.append("shared"))
    out = shared * (shared * shared)
    out.backward()
    see.grad(x)
    see.order(runs)


@exercise("engine.evaluate_function")
def test_gradients_of_two_outputs_stay_apart(torch, see):
    """Each output of `unbind` has its own gradient, which arrives at its own input of the node.

    An edge says not only which node it leads to, but also which input of it.
    """
    x = torch.tensor([5.0, 7.0], requires_grad=True)
    first, second = x.unbind()
    (first * 2 + second * 3).backward()
    see.grad(x)


@exercise("engine.evaluate_function", truth="reference")
def test_a_missing_gradient_is_not_waited_for(torch, see):
    """Where one side sends None, the shared node runs with what the other side sends.

    None has arrived, too: it is one edge less to wait for.
    """
    x = torch.tensor([2.0], requires_grad=True)
    shared = torch.edge.gradient_edge(x.exp())
    silent = type("SilentBackward0", (torch.node.Node,), {"apply": lambda node, gradient: (None,)})((shared,))
    silent.add_input_metadata(x)
    torch.engine.Engine().execute([torch.edge.Edge(silent, 0), shared], [torch.tensor([1.0]), torch.tensor([3.0])])
    see.grad(x)


@exercise("engine.evaluate_function", truth="reference")
def test_a_stranger_does_not_become_ready(torch, see):
    """In a pass that knows only `w`, running `x * w` makes the accumulator of `w` ready, and that of `x` not.

    A node that is not in `task.dependencies` takes no part in the pass.
    """
    x = torch.tensor([2.0], requires_grad=True)
    w = torch.tensor([3.0], requires_grad=True)
    node = (x * w).grad_fn
    task, buffer = torch.engine.GraphTask(), torch.engine.InputBuffer(1)
    task.dependencies = {node.next_functions[1][0]: 1}
    buffer.gradients = [torch.tensor([1.0])]
    torch.engine.Engine().evaluate_function(task, node, buffer)
    see.count(len(task.ready_queue))
    see.identical(task.ready_queue.pop()[0].variable, w)


@exercise("engine.compute_dependencies", truth="reference")
def test_every_edge_counts(torch, see):
    """A node that two edges lead to waits for two gradients."""
    x = torch.tensor([2.0], requires_grad=True)
    shared = x.exp()
    out = shared * shared
    dependencies = torch.engine.Engine().compute_dependencies(out.grad_fn)
    see.value(dependencies[shared.grad_fn])
    see.value(dependencies[shared.grad_fn.next_functions[0][0]])


@exercise("engine.compute_dependencies", truth="reference")
def test_an_empty_edge_leads_to_nobody(torch, see):
    """The constant of `x * 2` is nobody who waits: only x's accumulator is counted.

    An empty edge has the function None, which is not a node.
    """
    x = torch.tensor([2.0], requires_grad=True)
    out = x * 2
    dependencies = torch.engine.Engine().compute_dependencies(out.grad_fn)
    see.value(None in dependencies)
    see.value(dependencies[out.grad_fn.next_functions[0][0]])


@exercise("engine.input_buffer", truth="reference")
def test_a_buffer_adds_what_arrives(torch, see):
    """A buffer holds the sum of what arrived at each input, None where nothing did."""
    buffer = torch.engine.InputBuffer(2)
    buffer.add(0, torch.tensor([2.0]))
    buffer.add(0, torch.tensor([3.0]))
    see.value(list(buffer.gradients))


@exercise("engine.input_buffer", truth="reference")
def test_a_buffer_keeps_inputs_apart(torch, see):
    """What arrives at input 1 is kept at place 1.

    A buffer has one place for each input of the node.
    """
    buffer = torch.engine.InputBuffer(2)
    buffer.add(1, torch.tensor([2.0]))
    see.value(list(buffer.gradients))


@exercise("engine.input_buffer", truth="reference")
def test_what_has_arrived_is_not_changed(torch, see):
    """The first gradient is still 2 after another one has arrived at the same input.

    An addition sends one and the same tensor to both sides. Who else may be holding what arrives here?
    """
    buffer, first = torch.engine.InputBuffer(1), torch.tensor([2.0])
    buffer.add(0, first)
    buffer.add(0, torch.tensor([3.0]))
    see.value(list(buffer.gradients))
    see.value(first)


@exercise("engine.push", truth="reference")
def test_a_pushed_node_is_in_the_queue(torch, see):
    """The queue is one longer after each push, also where nodes have the same number.

    Accumulators all have the same one. What is compared when two numbers are equal?
    """
    queue = torch.engine.ReadyQueue()
    for number in (1, 7, 7, 7):
        queue.push(torch.node.Node((), number), torch.engine.InputBuffer(1))
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
def test_a_pass_may_be_asked_for_some_gradients(torch, see):
    """`torch.autograd.grad` of `x * y` for `y` is `x`, and leaves every `.grad` as it was.

    It calls `execute` with `output_edges`. Which line of yours looks at them?
    """
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    (gradient,) = torch.autograd.grad(x * y, y)
    see.value(gradient)
    see.value([x.grad, y.grad])


@exercise("engine.execute")
def test_a_long_chain_goes_backward(torch, see):
    """A chain of 3,000 operations goes backward: the engine works in a loop, not by recursion."""
    x = torch.tensor([1.0], requires_grad=True)
    y = x
    for _ in range(3000):
        y = y + x
    y.backward()
    see.grad(x)
