"""Hidden checks of the lesson *Watching gradients*. Stand-ins take the place of graphs."""

from autograder import exercise


class Hooked:
    """A stand-in for a tensor: hooks can be registered on it, and run."""

    def __init__(self):
        self.hooks = []

    def register_hook(self, hook):
        """Note the hook; its number is the handle."""
        self.hooks.append(hook)
        return len(self.hooks)

    def arrive(self, gradient):
        """What the hooks put in the place of a gradient; to return it itself is to leave it there."""
        returned = [hook(gradient) for hook in self.hooks]
        return [None if each is gradient else each for each in returned]


class Slope:
    """A stand-in for a tensor: a value, and how much of a gradient gets through to the beginning."""

    def __init__(self, torch, value, slope=1.0):
        self.torch, self.value = torch, value
        self.slope = slope if torch.is_grad_enabled() else 0.0

    def __add__(self, other):
        return Slope(self.torch, self.value + other.value, self.slope + other.slope)

    def __sub__(self, other):
        return Slope(self.torch, self.value - other.value, self.slope - other.slope)

    def __neg__(self):
        return Slope(self.torch, -self.value, -self.slope)

    def __mul__(self, number):
        return Slope(self.torch, self.value * number, self.slope * number)

    def detach(self):
        """The value alone."""
        return Slope(self.torch, self.value, 0.0)


@exercise("watching_gradients.watch", points=2)
def test_reports_bear_the_right_names(torch, see, rng):
    """Each report has the name of the tensor whose gradient came, in the order of their coming."""
    from lessons.watching_gradients import watch

    tensors, log = {name: Hooked() for name in ("b", "a", "c")}, []
    watch(log, **tensors)
    for name in rng.choice(list(tensors), size=6).tolist():
        tensors[name].arrive(torch.tensor(rng.normal(size=2)))
    see.value([list(report) for report in log])


@exercise("watching_gradients.watch", points=1)
def test_watching_changes_nothing(torch, see, rng):
    """The hooks put nothing in its place and note numbers: what happens to the gradient later is not their business."""
    from lessons.watching_gradients import watch

    tensor, log = Hooked(), []
    handles = watch(log, tensor=tensor)
    gradient = torch.tensor(rng.normal(size=2))
    see.value(tensor.arrive(gradient))
    gradient.zero_()
    see.value([list(report) for report in log])
    see.value(handles)


@exercise("watching_gradients.straight_through", points=3)
def test_value_of_the_step_slope_of_none(torch, see, rng):
    """The value is that of the step, the slope is one, whatever the step's own slope."""
    from lessons.watching_gradients import straight_through

    for slope in (0.0, *rng.normal(size=2).tolist()):
        x, height = Slope(torch, float(rng.normal())), float(rng.normal())
        result = straight_through(x, lambda t, s=slope, h=height: Slope(t.torch, h, s * t.slope))
        see.value([result.value, result.slope])


@exercise("watching_gradients.straight_through", points=1)
def test_the_step_is_taken_once(torch, see, rng):
    """The step is called once, with a tensor of the value of `x`: it may be slow."""
    from lessons.watching_gradients import straight_through

    values = []

    def step(t):
        values.append(t.value)
        return t * 2

    see.value(straight_through(Slope(torch, float(rng.normal())), step).value)
    see.value(values)
