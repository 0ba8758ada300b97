"""Section 4: AccumulateGrad, and what accumulation (section 5) does that the course teaches."""

import weakref

from autograder import exercise


@exercise("parity.accumulators")
def test_one_accumulator_per_leaf(torch, see):
    """A1: both edges of a square and edges of two expressions lead to one object."""
    x = torch.tensor([2.0], requires_grad=True)
    y, z = x * x, x.exp()
    see.graph(y, z, x=x)
    accumulator = z.grad_fn.next_functions[0][0]
    see.identical(accumulator.variable, x)
    see.value(accumulator.next_functions)


@exercise("parity.accumulators")
def test_the_leaf_holds_it_weakly(torch, see):
    """A2: once every graph is gone, the next one has a new node."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x.exp()
    y.grad_fn.next_functions[0][0].metadata["note"] = 1
    z = x.tanh()
    see.count(len(z.grad_fn.next_functions[0][0].metadata))
    del y, z
    w = x.exp()
    see.count(len(w.grad_fn.next_functions[0][0].metadata))


@exercise("parity.accumulators")
def test_it_holds_the_leaf_strongly(torch, see):
    """A3: a graph keeps its leaves alive, and they die with it."""
    x = torch.tensor([2.0], requires_grad=True)
    leaf = weakref.ref(x)
    y = x.exp()
    del x
    see.alive(leaf)
    del y
    see.alive(leaf)


@exercise("parity.accumulators")
def test_the_graph_is_still_there_after_backward(torch, see):
    """A4: names, edges and leaves stay."""
    x = torch.tensor([2.0], requires_grad=True)
    out = (x * x).exp()
    out.backward()
    see.graph(out, x=x)


@exercise("parity.accumulators")
def test_a_leaf_that_is_switched_off_gets_nothing(torch, see):
    """A5: the backward pass runs, the gradient stays None."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    out = x * y
    x.requires_grad_(False)
    out.backward()
    see.grad(x)
    see.grad(y)


@exercise("parity.accumulators")
def test_the_second_pass_adds_in_place(torch, see):
    """G1: the same tensor grows; who holds it sees it grow."""
    x = torch.tensor([2.0], requires_grad=True)
    (x * 2).backward()
    held = x.grad
    (x * 3).backward()
    see.identical(x.grad, held)
    see.value(held)
    see.value((held.requires_grad, held.is_leaf, held.grad_fn is None))


@exercise("parity.accumulators")
def test_a_given_gradient_is_added_to(torch, see):
    """G6: what the user put there is accumulated into, and deleting starts anew."""
    x = torch.tensor([2.0], requires_grad=True)
    given = torch.tensor([10.0])
    x.grad = given
    (x * 3).backward()
    see.identical(x.grad, given)
    see.grad(x)
    del x.grad
    see.grad(x)


@exercise("parity.accumulators")
def test_gradients_share_no_memory(torch, see):
    """G3, G4: neither with the gradient that was passed in, nor with each other."""
    x = torch.tensor([2.0], requires_grad=True)
    y = torch.tensor([3.0], requires_grad=True)
    gradient = torch.tensor([1.0])
    (x + y).backward(gradient)
    gradient.zero_()
    x.grad.add_(5)
    see.grad(x)
    see.grad(y)
