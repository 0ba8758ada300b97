"""Public checks of the lesson *Watching gradients*."""

from autograder import exercise


@exercise("watching_gradients.watch")
def test_each_tensor_reports_under_its_own_name(torch, see):
    """Gradients report in the order in which they are complete, each under its name.

    Do all your reports have the same name? A function looks its variables up when it runs, not when it is defined.
    """
    from lessons.watching_gradients import watch

    x = torch.tensor([2.0], requires_grad=True)
    y = x * 3
    z = y * y
    log = []
    handles = watch(log, x=x, y=y, z=z)
    z.backward()
    see.value(log)
    see.count(len(handles))
    see.grad(x)


@exercise("watching_gradients.straight_through")
def test_the_gradient_goes_straight_through(torch, see):
    """The value is that of the step, the gradient that of no step at all.

    Write the result as `x` plus something. From what should the gradient be kept away?
    """
    from lessons.watching_gradients import straight_through

    x = torch.tensor([0.7, -0.2], requires_grad=True)
    result = straight_through(x, lambda t: t.relu() * 2)
    see.value(result)
    result.sum().backward()
    see.grad(x)


@exercise("watching_gradients.straight_through")
def test_one_step_is_enough(torch, see):
    """The step is taken once: it may be slow, or different each time.

    What you need twice, give a name.
    """
    from lessons.watching_gradients import straight_through

    taken = []

    def step(tensor):
        taken.append("step")
        return tensor * 0

    see.value(straight_through(torch.tensor([0.7], requires_grad=True), step))
    see.order(taken)
