"""Returns a copy of the gradient from the hook, and no handles."""


def watch(log, **tensors):
    for name, tensor in tensors.items():

        def report(gradient, name=name):
            log.append((name, gradient.tolist()))
            return gradient * 1

        tensor.register_hook(report)
