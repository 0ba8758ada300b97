"""Hidden checks of the unit *Gradients of gradients*: nodes of users' functions, made and run by hand."""

from autograder import exercise


def function(torch, forward=lambda ctx, *inputs: inputs[0], backward=lambda ctx, *gradients: gradients[0]):
    """A user's function with these two methods."""
    methods = {"forward": staticmethod(forward), "backward": staticmethod(backward)}
    return type("Mine", (torch.autograd.Function,), methods)


def node_for(torch, kind, is_tensor, outputs):
    """A node of a function: which arguments were tensors, whatever it found itself, and what `forward` gave."""
    node = kind.node_class([torch.tensor(0.0, requires_grad=True) if each else 0.0 for each in is_tensor])
    node.is_tensor, node.needs_input_grad = list(is_tensor), tuple(is_tensor)
    node._input_metadata = [torch.metadata.InputMetadata.of(output) for output in outputs]
    return node


def vector(torch, rng, size=3):
    """A constant tensor."""
    return torch.tensor(rng.normal(size=size))


def leaf(torch, rng):
    """A leaf that requires grad."""
    return torch.tensor(rng.normal(size=3), requires_grad=True)


@exercise("function.init", points=2, truth="reference")
def test_each_argument_is_known(torch, see, rng):
    """Of each argument the node knows whether it is a tensor, and whether its gradient is wanted."""
    kinds = [leaf(torch, rng), vector(torch, rng), 2.5, "word", None]
    node = function(torch).node_class([kinds[place] for place in rng.permutation(5)])
    see.value(list(node.is_tensor))
    see.value(node.needs_input_grad)


@exercise("function.init", points=1, truth="reference")
def test_edges_are_for_tensors(torch, see, rng):
    """There are as many edges as tensors among the arguments."""
    for numbers in range(3):
        inputs = [leaf(torch, rng) for _ in range(int(rng.integers(1, 4)))] + [1.5] * numbers
        node = function(torch).node_class([inputs[place] for place in rng.permutation(len(inputs))])
        see.count(len(node.next_edges))


@exercise("function.node_apply", points=2, truth="reference")
def test_only_tensors_are_answered(torch, see, rng):
    """One gradient for each tensor among the arguments, in order, and nothing for the others."""
    is_tensor = rng.permutation([True, True, True, False, False]).tolist()
    answers = tuple(vector(torch, rng) if each else None for each in is_tensor)
    node = node_for(torch, function(torch, backward=lambda ctx, gradient: answers), is_tensor, [vector(torch, rng)])
    see.value(tuple(node.apply(vector(torch, rng))), label="node.apply(…)")


@exercise("function.node_apply", points=1, truth="reference")
def test_missing_gradients_are_zeros_unless_asked_for(torch, see, rng):
    """`backward` gets the node, and zeros of the right shape for what is missing, or None if it wants to know."""
    seen = []

    def backward(ctx, *gradients):
        seen.append([ctx is node, *gradients])
        return gradients[1]

    sizes = rng.permutation(4)[:3] + 1
    for is_materialized in (True, False):
        node = node_for(torch, function(torch, backward=backward), [True], [vector(torch, rng, n) for n in sizes])
        node.set_materialize_grads(is_materialized)
        node.apply(None, vector(torch, rng, sizes[1]), None)
    see.value(seen)


@exercise("function.node_apply", points=1, truth="reference")
def test_a_single_gradient_needs_no_tuple(torch, see, rng):
    """A gradient that is returned alone is that of the only argument, whatever its length."""
    for size in (1, 3):
        answer = vector(torch, rng, size)
        node = node_for(torch, function(torch, backward=lambda ctx, gradient, a=answer: a), [True], [answer])
        see.value(tuple(node.apply(vector(torch, rng, size))), label="node.apply(…)")


@exercise("function.node_apply", points=1, truth="reference")
def test_what_does_not_fit_is_refused(torch, see, rng):
    """Too few gradients are refused, and so is one for an argument that is no tensor."""
    one = vector(torch, rng)
    for answers in ((one,), (one, one, None), (one, None, one)):
        kind = function(torch, backward=lambda ctx, gradient, a=answers: a)
        node = node_for(torch, kind, [True, False, True], [one])
        with see.raises():
            node.apply(one)


@exercise("function.node_apply", points=2, truth="reference")
def test_the_engine_decides_about_recording(torch, see, rng):
    """`backward` runs in the mode in which the engine runs the node, be it recording or not."""
    modes = []

    def backward(ctx, gradient):
        modes.append(torch.is_grad_enabled())
        return gradient

    node = node_for(torch, function(torch, backward=backward), [True], [vector(torch, rng)])
    for is_recorded in rng.permutation([True, True, False, False]).tolist():
        with torch.enable_grad() if is_recorded else torch.no_grad():
            node.apply(vector(torch, rng))
    see.value(modes)


def watched(torch, forward, events):
    """A user's function whose node does nothing but note what is attached to it and kept by it."""
    kind = function(torch, forward)
    kind.node_class.attach = lambda node, output: events.append(("attach", node, output))
    kind.node_class.keep = lambda node, outputs: events.append(("keep", node, *outputs))
    return kind


@exercise("function.apply", points=2, truth="reference")
def test_one_node_stands_for_all(torch, see, rng):
    """`forward` runs once, without recording, and its `ctx` is the node that the result is attached to."""
    seen, events = [], []

    def forward(ctx, x, number):
        seen.append((ctx, torch.is_grad_enabled()))
        return x * number * number + x

    out = watched(torch, forward, events).apply(leaf(torch, rng), float(rng.normal()))
    see.value(out)
    see.value([is_recorded for _, is_recorded in seen])
    see.identical(events[0][1], seen[0][0])
    see.identical(events[0][2], out)


@exercise("function.apply", points=2, truth="reference")
def test_nothing_is_recorded_without_need(torch, see, rng):
    """A node is attached when an argument requires grad and operations are recorded, and in no other case."""
    events = []
    kind = watched(torch, lambda ctx, x, y: x * y, events)
    inputs = {"leaf": leaf(torch, rng), "vector": vector(torch, rng)}
    for names in rng.permutation([("leaf", "vector"), ("vector", "leaf"), ("vector", "vector")]).tolist():
        x, y = (inputs[name] for name in names)
        kind.apply(x, y)
        see.count(len(events))
        with torch.no_grad():
            kind.apply(x, y)
        see.count(len(events))


@exercise("function.apply", points=1, truth="reference")
def test_results_come_as_forward_gave_them(torch, see, rng):
    """A tuple stays a tuple, of whatever length, and a tensor stays a tensor."""
    for count in rng.permutation([1, 2, 3]).tolist():
        kind = watched(torch, lambda ctx, x, n=count: tuple(x * factor for factor in range(n)), [])
        outputs = kind.apply(leaf(torch, rng))
        see.value([isinstance(outputs, tuple), len(outputs)])
    see.value(watched(torch, lambda ctx, x: x * 2, []).apply(leaf(torch, rng)))


@exercise("function.apply", points=1, truth="reference")
def test_outputs_are_attached_and_then_kept(torch, see, rng):
    """Each output is attached, and when that is done they are kept, all at once."""
    for count in rng.permutation([1, 2, 3]).tolist():
        events = []
        kind = watched(torch, lambda ctx, x, n=count: tuple(x * factor for factor in range(n)), events)
        kind.apply(leaf(torch, rng))
        see.order(f"{name} {len(outputs)}" for name, _, *outputs in events)
