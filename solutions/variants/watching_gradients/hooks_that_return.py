"""Hands each gradient on itself, and takes the step outside of the graph."""


class Report:
    """What a tensor tells of itself."""

    def __init__(self, log, name):
        self.log, self.name = log, name

    def __call__(self, gradient):
        self.log.append((self.name, gradient.tolist()))
        return gradient


def watch(log, **tensors):
    handles = []
    for name in tensors:
        handles += [tensors[name].register_hook(Report(log, name))]
    return handles


def straight_through(x, step):
    at = x.detach()
    return x + (step(at) - at)
