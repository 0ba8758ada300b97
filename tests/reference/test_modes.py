"""Grad modes and detaching."""

import asyncio
import threading

import pytest

from tests.reference.conftest import leaf


def test_nothing_is_recorded_without_grad(torch):
    """Results are leaves without the flag; new leaves keep theirs."""
    x = leaf(torch)
    with torch.no_grad():
        y = x * 2
        z = leaf(torch)
    assert (y.requires_grad, y.is_leaf, y.grad_fn, z.requires_grad) == (False, True, None, True)


@pytest.mark.parametrize("view", [lambda y: y[0:1], lambda y: y.view(2, 1), lambda y: y.expand(3, 2), lambda y: y[0]])
def test_a_view_made_without_grad_still_requires_it(torch, view):
    """As its base does; but it is a leaf without accumulator, and no gradient arrives anywhere."""
    x = leaf(torch, [1.0, 2.0])
    with torch.no_grad():
        v = view(x)
    assert (v.requires_grad, v.is_leaf, v.grad_fn, repr(v)[-20:]) == (True, True, None, " requires_grad=True)")
    y = (v * 2).sum()
    assert (v * 2).grad_fn.next_functions == ((None, 0), (None, 0))
    y.backward()
    assert (v.grad, x.grad) == (None, None)
    with pytest.raises(RuntimeError, match="element 0 of tensors does not require grad and does not have a grad_fn"):
        v.backward(torch.ones_like(v))
    v.requires_grad_(True)
    v.sum().backward()
    assert (v.grad.sum().item(), x.grad) == (v.numel(), None)


def test_a_view_follows_the_flag_of_its_base(torch):
    """Also one that is switched on later, or off again."""
    x = torch.zeros(2)
    v = x[0]
    x.requires_grad_()
    assert (v.requires_grad, v.is_leaf) == (True, True)
    with pytest.raises(RuntimeError, match="a view of a leaf Variable that requires grad is being used in an in-place"):
        v.add_(1)
    x.requires_grad_(False)
    assert not v.requires_grad


def test_modes_nest_and_end_with_their_block(torch):
    """Also when the block raises."""
    with torch.no_grad():
        with torch.enable_grad():
            assert torch.is_grad_enabled()
        assert not torch.is_grad_enabled()
    with pytest.raises(KeyError), torch.no_grad():
        raise KeyError
    assert torch.is_grad_enabled()
    with torch.set_grad_enabled(False):
        assert not torch.is_grad_enabled()
    assert torch.is_grad_enabled()


def test_set_grad_enabled_acts_at_once(torch):
    """As a plain call it needs no block."""
    switched = torch.set_grad_enabled(False)
    try:
        assert not torch.is_grad_enabled()
        assert repr(switched) == "torch.autograd.grad_mode.set_grad_enabled(mode=False)"
    finally:
        torch.set_grad_enabled(True)
    assert torch.is_grad_enabled()


def test_modes_decorate_functions_and_generators(torch):
    """With and without parentheses; a generator is in its mode only while it runs."""

    @torch.no_grad()
    def called():
        return torch.is_grad_enabled()

    @torch.no_grad
    def bare():
        return torch.is_grad_enabled()

    @torch.set_grad_enabled(False)
    def switched():
        return torch.is_grad_enabled()

    @torch.no_grad()
    def generated():
        got = yield torch.is_grad_enabled()
        yield got, torch.is_grad_enabled()
        return 3

    assert torch.is_grad_enabled()
    assert (called(), bare(), switched()) == (False, False, False)
    running = generated()
    assert next(running) is False
    assert torch.is_grad_enabled()
    assert running.send(5) == (5, False)
    with pytest.raises(StopIteration):
        next(running)


def test_a_mode_for_a_class_is_one_for_its_making(torch):
    """Objects are made in the mode, after a warning; nothing else of the class is."""

    class Model:
        def __init__(self):
            self.made = torch.is_grad_enabled()

        def used(self):
            return torch.is_grad_enabled()

    for decorator in (lambda: torch.no_grad, torch.no_grad, lambda: torch.set_grad_enabled(False)):
        with pytest.warns(FutureWarning, match="^Decorating classes is deprecated and will be disabled in future"):
            make = decorator()(Model)
        assert (make is Model, make().made, make().used()) == (False, False, True)


def test_one_object_entered_twice_forgets_where_it_began(torch):
    """It has room for one mode: that of the second time. A new object for each block is always right."""
    block = torch.no_grad()
    try:
        with block, block:
            pass
        assert not torch.is_grad_enabled()
    finally:
        torch.set_grad_enabled(True)
    with torch.no_grad(), torch.no_grad():
        pass
    assert torch.is_grad_enabled()


def test_a_switch_entered_twice_goes_back_to_where_it_was_made(torch):
    """It keeps the mode that it has replaced at once."""
    with torch.no_grad(), torch.enable_grad():
        switch = torch.set_grad_enabled(False)
        with switch:
            with switch:
                assert not torch.is_grad_enabled()
            assert torch.is_grad_enabled()
        assert torch.is_grad_enabled()
    assert torch.is_grad_enabled()


def test_a_decorated_coroutine_runs_outside_its_mode(torch):
    """Calling it makes a coroutine, and that is all that happens in the mode."""

    @torch.no_grad()
    async def mode():
        return torch.is_grad_enabled()

    assert asyncio.run(mode()) is True


def test_modes_belong_to_their_thread(torch):
    """Another thread records while this one doesn't."""
    seen = []
    with torch.no_grad():
        thread = threading.Thread(target=lambda: seen.append(torch.is_grad_enabled()))
        thread.start()
        thread.join()
    assert seen == [True]


def test_a_leaf_may_change_in_place_while_nothing_is_recorded(torch):
    """As optimizers do it; the version still counts."""
    x = leaf(torch)
    with torch.no_grad():
        x.add_(1)
        x -= 0.5
    assert (x.item(), x._version, x.requires_grad, x.is_leaf) == (2.5, 2, True, True)


def test_detach_shares_memory_and_version(torch):
    """A change through the detached tensor is seen, and counted."""
    x = leaf(torch, [1.0, 2.0])
    y = x * 2
    d = y.detach()
    assert (d.requires_grad, d.grad_fn) == (False, None)
    d.add_(1)
    assert (y.tolist(), y._version) == ([3.0, 5.0], 1)


def test_a_tensor_can_be_taken_out_of_its_graph(torch):
    """The tensor itself becomes a leaf; what was computed from it keeps its history."""
    x = leaf(torch)
    y = x * 2
    z = y * 3
    assert y.detach_() is y
    assert (y.is_leaf, y.requires_grad, y._version) == (True, False, 0)
    z.backward()
    assert x.grad.item() == 6.0


def test_detach_of_a_tensor_without_dimensions_shares_memory_too(torch):
    """Numbers are no exception."""
    y = leaf(torch) * 2
    y.detach().add_(1)
    assert (y.item(), y._version) == (5.0, 1)


def test_data_shares_memory_but_counts_nothing(torch):
    """Changes through `.data` are not noticed."""
    x = leaf(torch)
    y = x * x
    x.data.add_(1)
    assert (x.item(), x._version) == (3.0, 0)
    y.backward()
    assert x.grad.item() == 6.0
    x.data = torch.tensor(7.0)
    assert x.item() == 7.0
