"""Section 5: how gradients accumulate in `.grad`."""

import warnings

from autograder import exercise


@exercise("parity.accumulation")
def test_in_place_and_counted(torch, see):
    """G1: the second pass adds in place: the version rises, and what shares the memory sees it."""
    x = torch.tensor([2.0, 3.0], requires_grad=True)
    (x * 2).sum().backward()
    detached, version = x.grad.detach(), x.grad._version
    (x * x).sum().backward()
    see.value(detached)
    see.count(x.grad._version - version)


@exercise("parity.accumulation")
def test_what_a_gradient_is(torch, see):
    """A plain leaf that requires no gradient; `zero_()` returns the same object."""
    x = torch.tensor([2.0], requires_grad=True)
    x.exp().backward()
    see.value((x.grad.requires_grad, x.grad.is_leaf, x.grad_fn is None))
    see.identical(x.grad.zero_(), x.grad)
    see.grad(x)


@exercise("parity.accumulation")
def test_the_first_gradient_of_a_recorded_pass(torch, see):
    """G2: it is a recorded copy if it depends on anything, else a plain gradient."""
    x = torch.tensor([2.0], requires_grad=True)
    w = torch.tensor([3.0], requires_grad=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (x * x).backward(create_graph=True)
        (w * 3).backward(create_graph=True)
    see.value(x.grad.grad_fn.name())
    see.value(x.grad)
    see.value((w.grad.requires_grad, w.grad.grad_fn is None))
    x.grad = None


@exercise("parity.accumulation")
def test_a_recorded_pass_adds_out_of_place(torch, see):
    """G2: a new tensor, the old one stays as it was; an ordinary pass adds in place again."""
    x = torch.tensor([2.0], requires_grad=True)
    (x * x).backward()
    first = x.grad
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (x * x * x).backward(create_graph=True)
    second = x.grad
    see.identical(second, first)
    see.value(first)
    see.value(second)
    see.value(second.grad_fn.name())
    x.grad = first
    (x * 3).backward()
    see.identical(x.grad, first)
    see.value(first)
    see.value(second)


@exercise("parity.accumulation")
def test_a_users_gradient_stays_the_users(torch, see, rng):
    """G3: whatever the operation, `.grad` is not the tensor that was passed in, and shares no memory with it."""
    m = torch.tensor(rng.normal(size=(2, 2)), requires_grad=True)
    shared = []
    for out in (m, m + 0, -m, m.clone(), m - 1, m.t()):
        m.grad = None
        gradient = torch.ones(2, 2, dtype=torch.float64)
        out.backward(gradient)
        m.grad.zero_()
        shared.append(gradient.sum().item() != 4)
    see.value(shared)


@exercise("parity.accumulation")
def test_the_gradient_of_a_sum_has_memory_of_its_own(torch, see):
    """G5: each element can be changed alone."""
    m = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    m.sum().backward()
    m.grad[0, 0] = 5.0
    see.grad(m)


@exercise("parity.accumulation")
def test_a_gradient_lies_in_memory_as_its_leaf_does(torch, see):
    """G5: of a transposed leaf, the elements of a column are neighbours, and so are those of its gradient."""
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).t().requires_grad_()
    x.sum().backward()
    see.value([tensor.numpy().strides == (4, 12) for tensor in (x.detach(), x.grad)])
    (x * x).sum().backward()
    see.value(x.grad.numpy().strides == (4, 12))
    see.grad(x)


@exercise("parity.accumulation")
def test_a_hook_may_keep_its_gradient(torch, see):
    """G7: what a hook keeps is not the memory of `.grad`."""
    x = torch.tensor([2.0], requires_grad=True)
    kept = []
    x.register_hook(kept.append)
    (x * 3).backward()
    x.grad.zero_()
    see.value(kept[0])


@exercise("parity.accumulation")
def test_an_optimizer_forgets_gradients(torch, see):
    """G8: `zero_grad()` sets None; with `set_to_none=False` it zeroes in place."""
    x = torch.tensor([2.0], requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=0.5)
    (x * x).backward()
    optimizer.step()
    see.value(x)
    held = x.grad
    optimizer.zero_grad(set_to_none=False)
    see.identical(x.grad, held)
    see.grad(x)
    optimizer.zero_grad()
    see.grad(x)


@exercise("parity.accumulation")
def test_micro_batches_add_up(torch, see, rng):
    """The parts' gradients, each loss divided by their number, are the whole batch's."""
    w = torch.tensor(rng.normal(size=(3, 1)), requires_grad=True)
    batch = torch.tensor(rng.normal(size=(6, 3)))
    ((batch @ w) ** 2).mean().backward()
    see.grad(w)
    w.grad = None
    for part in batch.split(2):
        (((part @ w) ** 2).mean() / 3).backward()
    see.grad(w)
