"""Hidden checks of the unit *Watching gradients*: recording or not. They record nothing, and ask for the mode only."""

from autograder import exercise


def mode_of(torch, *, is_on):
    """A block that switches recording on or off."""
    return torch.enable_grad() if is_on else torch.no_grad()


@exercise("grad_mode.exit", points=2)
def test_every_block_puts_back_what_was_there(torch, see, rng):
    """Blocks inside blocks: after each, the mode is what it was before."""
    found = []

    def nest(modes):
        if modes:
            with mode_of(torch, is_on=modes[0]):
                found.append(torch.is_grad_enabled())
                nest(modes[1:])
            found.append(torch.is_grad_enabled())

    nest([False, *rng.permutation([True, True, False, False]).tolist()])
    see.value(found)


@exercise("grad_mode.exit", points=1)
def test_an_exception_leaves_no_mode_behind(torch, see):
    """A block that ends in an exception puts the mode back, and the exception goes on."""
    found = []
    with torch.no_grad():
        with see.raises(text=True), torch.enable_grad():
            raise ValueError("out of here")
        found.append(torch.is_grad_enabled())
    see.value([*found, torch.is_grad_enabled()])


@exercise("grad_mode.exit", points=1)
def test_one_object_may_be_entered_twice(torch, see):
    """The same object can be entered again while it is open, and after it was closed."""
    block, found = torch.no_grad(), []
    with block:
        with block:
            found.append(torch.is_grad_enabled())
        found.append(torch.is_grad_enabled())
        with torch.enable_grad():
            with block:
                found.append(torch.is_grad_enabled())
            found.append(torch.is_grad_enabled())
        found.append(torch.is_grad_enabled())
    found.append(torch.is_grad_enabled())
    with block:
        found.append(torch.is_grad_enabled())
    see.value([*found, torch.is_grad_enabled()])


@exercise("grad_mode.call", points=2)
def test_a_decorated_function_goes_through(torch, see, rng):
    """Arguments and result go through, in the mode of the decorator, and afterwards the mode is back."""

    @torch.no_grad()
    def collected(*values, **named):
        """What came."""
        return [list(values), sorted(named.items()), torch.is_grad_enabled()]

    number = float(rng.normal())
    see.value(collected(number, 2, by=number))
    see.value([collected.__name__, collected.__doc__, torch.is_grad_enabled()])


@exercise("grad_mode.call", points=1)
def test_decorating_changes_no_mode(torch, see):
    """The mode is entered when the function is called, each time anew, wherever that is."""
    found = []
    function = torch.no_grad()(lambda: found.append(torch.is_grad_enabled()))
    found.append(torch.is_grad_enabled())
    function()
    with torch.enable_grad():
        function()
        found.append(torch.is_grad_enabled())
    see.value(found)


@exercise("grad_mode.call", points=1)
def test_a_failing_call_leaves_no_mode_behind(torch, see):
    """An exception in a decorated function goes on, and the mode is back."""

    @torch.no_grad()
    def failing():
        raise ValueError("out of here")

    with see.raises(text=True):
        failing()
    see.value(torch.is_grad_enabled())


@exercise("grad_mode.call", points=1)
def test_a_generator_is_in_its_mode_while_it_runs(torch, see, rng):
    """Between two values of a decorated generator, its caller's mode holds."""

    @torch.no_grad()
    def numbers(count):
        for number in range(count):
            yield [number, torch.is_grad_enabled()]

    see.value([[number, torch.is_grad_enabled()] for number in numbers(int(rng.integers(2, 5)))])
