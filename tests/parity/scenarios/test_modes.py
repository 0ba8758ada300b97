"""Section 9: grad modes and `detach`."""

import threading

import pytest

from autograder import exercise


@exercise("parity.modes")
def test_nothing_is_recorded(torch, see):
    """Results require no grad and are leaves; new leaves keep their flag."""
    x = torch.tensor([1.0], requires_grad=True)
    with torch.no_grad():
        y = x * 2
        new = torch.tensor([1.0], requires_grad=True)
    see.value((y.requires_grad, y.is_leaf, y.grad_fn is None))
    see.value(new.requires_grad)
    see.graph(x * 2 + y, x=x)


@exercise("parity.modes")
def test_modes_nest_and_come_back(torch, see):
    """Each block restores what was before, also after an exception."""
    found = [torch.is_grad_enabled()]
    with torch.no_grad():
        found.append(torch.is_grad_enabled())
        with torch.enable_grad():
            found.append(torch.is_grad_enabled())
        with torch.set_grad_enabled(False):
            found.append(torch.is_grad_enabled())
    with see.raises(text=True), torch.no_grad():
        raise ValueError("inside")
    found.append(torch.is_grad_enabled())
    see.value(found)


@exercise("parity.modes")
def test_modes_decorate(torch, see):
    """Functions with and without parentheses, and generators, which are in the mode only while they run."""

    @torch.no_grad()
    def with_parentheses():
        return torch.is_grad_enabled()

    @torch.no_grad
    def without():
        return torch.is_grad_enabled()

    @torch.no_grad()
    def generator():
        yield torch.is_grad_enabled()
        yield torch.is_grad_enabled()

    outside = [(inside, torch.is_grad_enabled()) for inside in generator()]
    see.value([with_parentheses(), without(), torch.is_grad_enabled()])
    see.value(outside)


@exercise("parity.modes")
def test_a_switch_lasts(torch, see):
    """`set_grad_enabled` works at once, without a block."""
    torch.set_grad_enabled(False)
    try:
        see.value(torch.is_grad_enabled())
    finally:
        torch.set_grad_enabled(True)
    see.value(torch.is_grad_enabled())


@exercise("parity.modes")
def test_each_thread_has_its_mode(torch, see):
    """A new thread records, whatever mode started it."""
    found = []
    with torch.no_grad():
        thread = threading.Thread(target=lambda: found.append(torch.is_grad_enabled()))
        thread.start()
        thread.join()
    see.value(found)


@exercise("parity.modes")
def test_a_leaf_may_change_while_nothing_is_recorded(torch, see):
    """A step of descent: the leaf stays a leaf, its version counts."""
    x = torch.tensor([1.0], requires_grad=True)
    version = x._version
    with torch.no_grad():
        x.sub_(0.25)
    see.value(x)
    see.value((x.is_leaf, x.requires_grad))
    see.count(x._version - version)


@exercise("parity.modes")
def test_detached_tensors_share_memory_and_counter(torch, see):
    """M2: what is written to one is seen in the other, and counted for both."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 2
    detached = y.detach()
    see.value((detached.requires_grad, detached.is_leaf, detached.grad_fn is None))
    detached.add_(1)
    see.value(y)
    see.count(y._version)
    see.count(detached._version)


@exercise("parity.modes")
def test_data_shares_memory_but_no_counter(torch, see):
    """V2: changes through `.data` are not noticed."""
    x = torch.tensor([2.0], requires_grad=True)
    y = x.exp()
    y.data.zero_()
    see.count(y._version)
    y.backward()
    see.grad(x)


@exercise("parity.modes")
def test_the_mode_inside_passes(torch, see):
    """O6: off in an ordinary pass, on in a recorded one, off in a custom forward."""
    modes = []

    class Twice(torch.autograd.Function):
        @staticmethod
        def forward(ctx, value):
            modes.append(torch.is_grad_enabled())
            return value * 2

        @staticmethod
        def backward(ctx, gradient):
            modes.append(torch.is_grad_enabled())
            return gradient * 2

    x = torch.tensor([1.0], requires_grad=True)
    y = Twice.apply(x)
    torch.autograd.grad(y, x, retain_graph=True)
    torch.autograd.grad(y, x, create_graph=True)
    see.value(modes)


@exercise("parity.modes")
@pytest.mark.parametrize("end", ["close", "throw", "throw what is caught", "send"])
def test_a_decorated_generator_ends_in_its_mode(torch, see, end):
    """M1: whatever comes in from outside arrives inside, and finds the mode on."""
    modes = []

    @torch.no_grad()
    def generator():
        try:
            modes.append((yield 1, torch.is_grad_enabled()))
        except KeyError:
            modes.append(torch.is_grad_enabled())
            yield 2
        finally:
            modes.append(torch.is_grad_enabled())

    running = generator()
    next(running)
    if end == "close":
        running.close()
    elif end == "send":
        with see.raises():
            running.send(5)
    elif end == "throw":
        with see.raises():
            running.throw(ValueError("thrown"))
    else:
        see.value(running.throw(KeyError("caught")))
        running.close()
    see.value(modes)
    see.value(torch.is_grad_enabled())


@exercise("parity.modes")
def test_a_backward_pass_stays_in_its_thread(torch, see):
    """O6: hooks and formulas of users run where `backward` was called."""
    x = torch.tensor([1.0], requires_grad=True)
    threads = []
    x.register_hook(lambda gradient: threads.append(threading.get_ident()))
    worker = threading.Thread(target=(x * 2).backward)
    worker.start()
    number = worker.ident
    worker.join()
    (x * 2).backward()
    see.value([threads[0] == number, threads[1] == threading.get_ident()])
