"""Detaches the two parts one by one, and takes the step again for each."""


def straight_through(x, step):
    return x + (step(x).detach() - x.detach()) * 0.5 + (step(x) - x).detach() * 0.5
