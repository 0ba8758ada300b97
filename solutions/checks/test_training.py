"""Hidden checks of the lesson *Training*. A stand-in learns, without graph and engine."""

from autograder import exercise


class Learner:
    """A stand-in for network, loss and optimizer in one: a weight that learns to turn x into y."""

    def __init__(self, weight, rate=0.01, gradient=0.0):
        self.weight, self.rate, self.gradient = weight, rate, gradient
        self.seen = []

    def network(self, x):
        """Note what is computed at once."""
        self.seen.append(len(x))
        return x * self.weight

    def loss_function(self, output, wanted):
        """The mean squared error."""
        slope = (2 * (output - wanted) * (output / self.weight)).mean().item()
        return Loss(self, ((output - wanted) * (output - wanted)).mean().item(), slope)

    def zero_grad(self, set_to_none=True):
        """Forget."""
        self.gradient = 0.0

    def step(self):
        """Learn."""
        self.weight -= self.rate * self.gradient


class Loss:
    """A stand-in for a loss: a number, and what going backward adds to the learner's gradient."""

    def __init__(self, learner, value, slope):
        self.learner, self.value, self.slope = learner, value, slope

    def __mul__(self, factor):
        return Loss(self.learner, self.value * factor, self.slope * factor)

    __rmul__ = __mul__

    def __truediv__(self, factor):
        return self * (1 / factor)

    def __add__(self, other):
        if isinstance(other, Loss):
            return Loss(self.learner, self.value + other.value, self.slope + other.slope)
        return Loss(self.learner, self.value + other, self.slope)

    __radd__ = __add__

    def detach(self):
        """The number alone."""
        return Loss(self.learner, self.value, 0.0)

    def item(self):
        """The number."""
        return self.value

    __float__ = item

    def backward(self):
        """Let the gradient arrive."""
        self.learner.gradient += self.slope


def examples(torch, rng, count):
    """That many numbers, and what is wanted of them."""
    return torch.tensor(rng.normal(size=count)), torch.tensor(rng.normal(size=count))


@exercise("training.train", points=2)
def test_each_step_has_its_own_gradient(torch, see, rng):
    """Losses and weight are those of steps with one gradient each, as many as were asked for."""
    from lessons.training import train

    x, y = examples(torch, rng, 4)
    for steps in (1, 5, 0):
        learner = Learner(float(rng.uniform(1, 2)))
        see.value(train(learner.network, learner.loss_function, learner, x, y, steps))
        see.value(learner.weight)


@exercise("training.train", points=1)
def test_what_was_left_behind_does_not_count(torch, see, rng):
    """A gradient that is there when training begins has no say."""
    from lessons.training import train

    x, y = examples(torch, rng, 4)
    learner = Learner(float(rng.uniform(1, 2)), gradient=float(rng.normal()) * 100)
    see.value(train(learner.network, learner.loss_function, learner, x, y, 2))
    see.value(learner.weight)


@exercise("training.backward_in_parts", points=2)
def test_gradient_and_loss_are_those_of_the_batch(torch, see, rng):
    """However the batch is cut, gradient and loss are those of the mean over all examples."""
    from lessons.training import backward_in_parts

    x, y = examples(torch, rng, 7)
    for size in (1, 3, 7, 10):
        learner = Learner(float(rng.uniform(1, 2)))
        see.value(backward_in_parts(learner.network, learner.loss_function, x, y, size))
        see.value(learner.gradient)


@exercise("training.backward_in_parts", points=1)
def test_no_part_is_too_big(torch, see, rng):
    """At most `size` examples are computed at once, and each example once; nothing is zeroed, and no step taken."""
    from lessons.training import backward_in_parts

    x, y = examples(torch, rng, 7)
    for size in (2, 3):
        learner = Learner(1.5, gradient=float(rng.normal()))
        backward_in_parts(learner.network, learner.loss_function, x, y, size)
        see.value([max(learner.seen) <= size, sum(learner.seen)])
        see.value([learner.gradient, learner.weight])
