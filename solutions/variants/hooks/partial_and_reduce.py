"""Folds the hooks of an input over its gradient, and keeps gradients with a function of the module."""

import functools


class NodeHooks:
    def run_tensor_hooks(self, gradients):
        def after(gradient, hook):
            return _replace(hook, gradient, hook(gradient))

        left = {
            input_nr: functools.reduce(after, [*self.tensor.get(input_nr, {}).values()], gradient)
            for input_nr, gradient in enumerate(gradients)
        }
        for input_nr in sorted(self.retain):
            self.retain[input_nr](left[input_nr])
        return [left[input_nr] for input_nr in range(len(gradients))]


def _keep(reference, gradient):
    if gradient is None:
        return
    if (tensor := reference()) is not None:
        tensor._grad = gradient.clone() if tensor._grad is None else tensor._grad.add(gradient)


def retainer(reference):
    return functools.partial(_keep, reference)
