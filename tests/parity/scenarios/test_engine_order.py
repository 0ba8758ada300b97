"""Section 6: the engine."""

from autograder import exercise


def watch(events, **tensors):
    """Note the name of each tensor's node whenever it runs."""
    for name, tensor in tensors.items():
        node = tensor.grad_fn
        if node is None:
            tensor.register_hook(lambda gradient, name=name: events.append(name))
        else:
            node.register_hook(lambda results, gradients, name=name: events.append(name))


@exercise("parity.engine")
def test_newest_first_and_accumulators_as_soon_as_they_are_ready(torch, see):
    """O1: the highest sequence number runs first; an accumulator's is the highest."""
    x = torch.tensor([0.3], requires_grad=True)
    y = torch.tensor([0.4], requires_grad=True)
    p = y.exp()
    q = x.tanh()
    p2 = p.sigmoid()
    q2 = q.exp()
    o = p2 * q2
    events = []
    watch(events, x=x, y=y, p=p, q=q, p2=p2, q2=q2, o=o)
    o.backward()
    see.order(events)


@exercise("parity.engine")
def test_three_leaves_run_in_edge_order(torch, see):
    """O2: ties between two or three accumulators follow the edges."""
    leaves = {name: torch.tensor([1.0], requires_grad=True) for name in "abc"}
    out = torch.stack(list(leaves.values()))
    events = []
    watch(events, **leaves)
    out.sum().backward()
    see.order(events)


@exercise("parity.engine")
def test_a_node_runs_once(torch, see, rng):
    """O3: with the sum of all that arrived."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    shared = x.tanh()
    arrived = []
    shared.register_hook(lambda gradient: arrived.append(gradient.tolist()))
    out = (shared * (shared * shared).exp() + shared).sum()
    out.backward()
    see.value(arrived)
    see.grad(x)


@exercise("parity.engine")
def test_doublings(torch, see):
    """O4: 60 doublings have 2**60 paths."""
    x = torch.tensor([1.0], dtype=torch.float64, requires_grad=True)
    y = x
    for _ in range(60):
        y = y + y
    y.backward()
    see.grad(x)


@exercise("parity.engine")
def test_a_deep_chain(torch, see):
    """O5: no recursion, neither backward nor in freeing."""
    x = torch.tensor([1.0], requires_grad=True)
    y = x
    for _ in range(20_000):
        y = y + 1
    y.backward()
    see.grad(x)
    del y


@exercise("parity.engine")
def test_the_grad_mode_inside_a_pass(torch, see):
    """O6: off in hooks and formulas, and the pass works inside no_grad."""
    x = torch.tensor([1.0], requires_grad=True)
    modes = []
    y = x.exp()
    y.grad_fn.register_hook(lambda results, gradients: modes.append(torch.is_grad_enabled()))
    with torch.no_grad():
        y.backward()
    see.value(modes)
    see.grad(x)


@exercise("parity.engine")
def test_several_roots(torch, see, rng):
    """O7: roots add up; one root twice; a root behind another; a leaf as a root; no root at all."""
    x = torch.tensor(rng.normal(size=1), requires_grad=True)
    y = x.exp()
    z = y * x
    torch.autograd.backward([z, y, z, x], [torch.tensor(rng.normal(size=1)) for _ in range(4)], retain_graph=True)
    see.grad(x)
    torch.autograd.backward([])
    see.grad(x)


@exercise("parity.engine")
def test_an_exception_leaves_the_engine_usable(torch, see):
    """O7: it reaches the caller; gradients that had arrived stay; the next pass works."""
    x = torch.tensor([1.0], requires_grad=True)
    y = torch.tensor([2.0], requires_grad=True)
    inner = x.exp()

    def fail(gradient):
        raise ValueError("no")

    inner.register_hook(fail)
    out = inner * y
    with see.raises(text=True):
        out.backward()
    see.grad(x)
    see.grad(y)
    (x * 2).backward()
    see.grad(x)


@exercise("parity.engine")
def test_a_root_needs_a_gradient_of_its_shape(torch, see):
    """Only a scalar has one by itself; another must fit; a tensor without graph has none."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    with see.raises(text=True):
        (x * 2).backward()
    with see.raises(text=True):
        (x * 2).backward(torch.tensor([1.0, 1.0, 1.0]))
    with see.raises(text=True):
        torch.tensor([1.0]).backward()


@exercise("parity.engine")
def test_a_second_pass_over_the_same_graph(torch, see):
    """Saved values are freed unless the graph is retained; an addition saved nothing."""
    x = torch.tensor([2.0], requires_grad=True)
    added = x + 1
    added.backward()
    added.backward()
    see.grad(x)
    product = x * x
    product.backward(retain_graph=True)
    product.backward()
    see.grad(x)
    with see.raises(text=True):
        product.backward()
