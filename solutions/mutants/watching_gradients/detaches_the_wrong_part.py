"""Keeps the gradient away from `x`, and lets it through the step."""


def straight_through(x, step):
    return step(x) - x + x.detach()
