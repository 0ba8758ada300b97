"""Sections 10 and 11: `autograd.grad`, `backward(inputs=…)` and gradient edges."""

from autograder import exercise


@exercise("parity.grad")
def test_grad_returns_a_tuple_and_leaves_leaves_alone(torch, see, rng):
    """X2: one gradient an input, in order; `.grad` stays None."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    y = torch.tensor(rng.normal(size=2), requires_grad=True)
    found = torch.autograd.grad((x * y.exp()).sum(), [y, x])
    see.value(found)
    see.grad(x)
    see.grad(y)


@exercise("parity.grad")
def test_the_gradient_of_a_tensor_by_itself(torch, see):
    """X2: ones."""
    x = torch.tensor([2.0], requires_grad=True)
    z = x * 3
    see.value(torch.autograd.grad(z, z))


@exercise("parity.grad")
def test_a_gradient_passed_through(torch, see):
    """X2: an addition hands on the very tensor that was passed in."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([2.0], requires_grad=True)
    gradient = torch.tensor([3.0])
    first, second = torch.autograd.grad(x + y, [x, y], gradient)
    see.identical(first, gradient)
    see.identical(second, gradient)


@exercise("parity.grad")
def test_gradients_of_interior_tensors(torch, see, rng):
    """Inputs may be computed tensors, and lie behind each other."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    y = x.tanh()
    z = y * y
    see.value(torch.autograd.grad(z.sum(), [z, y, x]))


@exercise("parity.grad")
def test_unused_inputs(torch, see):
    """`allow_unused` gives None, `materialize_grads` zeros."""
    x = torch.tensor([2.0], requires_grad=True)
    other = torch.tensor([[1.0, 2.0]], requires_grad=True)
    y = x + 1
    see.value(torch.autograd.grad(y, [x, other], allow_unused=True))
    see.value(torch.autograd.grad(y, [x, other], materialize_grads=True))
    with see.raises(text=True):
        torch.autograd.grad(y, [x, other], materialize_grads=True, allow_unused=False)


@exercise("parity.grad")
def test_backward_for_some_inputs(torch, see, rng):
    """X3: they alone get gradients, also without `retain_grad`; what can't be reached stays None."""
    x = torch.tensor(rng.normal(size=2), requires_grad=True)
    w = torch.tensor(rng.normal(size=2), requires_grad=True)
    far = torch.tensor(rng.normal(size=2), requires_grad=True)
    y = x * w
    y.exp().sum().backward(inputs=[y, x, far])
    see.grad(y)
    see.grad(x)
    see.grad(w)
    see.grad(far)


@exercise("parity.grad")
def test_gradient_edges(torch, see):
    """Q1: three fields; accepted as root and as input."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x * x
    edge = torch.autograd.graph.get_gradient_edge(y)
    leaf = torch.autograd.graph.get_gradient_edge(x)
    see.count(len(edge))
    see.value(edge._fields)
    see.identical(edge.node, y.grad_fn)
    see.value(leaf.node.name())
    see.identical(leaf.node.variable, x)
    see.value(torch.autograd.grad(y * 3, edge, retain_graph=True))
    see.value(torch.autograd.grad(edge, leaf, torch.tensor([1.0])))
    with see.raises(text=True):
        torch.autograd.graph.get_gradient_edge(torch.tensor([1.0]))
