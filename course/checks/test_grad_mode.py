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
