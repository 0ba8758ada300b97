"""Binds the name with `partial`, and keeps the step out with `no_grad`."""


def watch(log, **tensors):
    from functools import partial

    def report(name, gradient):
        log.append((name, gradient.tolist()))

    return [tensor.register_hook(partial(report, name)) for name, tensor in tensors.items()]


def straight_through(x, step):
    with torch.no_grad():
        added = step(x) - x
    return x + added
