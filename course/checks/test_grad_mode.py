"""Public checks of the unit *Watching gradients*: recording or not."""

from autograder import exercise


@exercise("grad_mode.exit")
def test_an_inner_block_leaves_the_outer_one_alone(torch, see):
    """After a block inside a block, the outer block's mode is back.

    "On again" is right most of the time. What would be right always?
    """
    with torch.no_grad():
        with torch.enable_grad():
            see.value(torch.is_grad_enabled())
        see.value(torch.is_grad_enabled())
    see.value(torch.is_grad_enabled())


@exercise("grad_mode.exit")
def test_a_block_in_a_block_of_the_same_kind(torch, see):
    """After a `no_grad` block inside a `no_grad` block, still nothing is recorded.

    The opposite of a block's mode is not always what was there before it.
    """
    with torch.no_grad():
        with torch.no_grad():
            pass
        see.value(torch.is_grad_enabled())
    see.value(torch.is_grad_enabled())


@exercise("grad_mode.exit")
def test_a_block_that_breaks_is_left_too(torch, see):
    """An exception that ends two blocks at once leaves the mode of the block around them.

    `__exit__` is called in any case. What is there that could depend on the exception?
    """
    with torch.no_grad():
        with see.raises(), torch.no_grad(), torch.enable_grad():
            raise ValueError("out of here")
        see.value(torch.is_grad_enabled())


@exercise("grad_mode.exit")
def test_a_block_is_used_again_elsewhere(torch, see):
    """One and the same block, used twice in different places, puts back what was there each time.

    The note of the first time is no longer needed at the second.
    """
    block = torch.no_grad()
    with block:
        pass
    see.value(torch.is_grad_enabled())
    with torch.no_grad():
        with block:
            pass
        see.value(torch.is_grad_enabled())


@exercise("grad_mode.call")
def test_a_decorated_function_does_not_record(torch, see):
    """A function under `@torch.no_grad()` gets its arguments, gives its result, and records nothing.

    A decorator is a function that gets a function and returns another, which calls the first one in a `with` block.
    """

    @torch.no_grad()
    def doubled(x, *, plus=0):
        return x * 2 + plus

    x = torch.tensor([2.0], requires_grad=True)
    result = doubled(x, plus=1)
    see.value(result)
    see.value(result.requires_grad)
    see.value(doubled.__name__)
    see.value(torch.is_grad_enabled())


@exercise("grad_mode.call")
def test_a_decorated_function_may_break(torch, see):
    """When a decorated function ends in an exception, operations are recorded again afterwards.

    A `with` block cleans up in any case. Do you clean up, or does the block?
    """

    @torch.no_grad()
    def broken():
        raise ValueError("out of here")

    with see.raises():
        broken()
    see.value(torch.is_grad_enabled())


@exercise("grad_mode.call")
def test_a_decorated_generator_does_not_record(torch, see):
    """The body of a decorated generator runs without recording.

    Calling a generator function runs nothing of its body yet. There is a method for generators: who calls it?
    """

    @torch.no_grad()
    def modes():
        yield torch.is_grad_enabled()

    see.value(list(modes()))
    see.value(torch.is_grad_enabled())
