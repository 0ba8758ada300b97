"""Returns the step itself: the gradient goes through it."""


def straight_through(x, step):
    return step(x)
