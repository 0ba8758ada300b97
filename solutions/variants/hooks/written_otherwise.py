"""Goes input by input over a tuple of hooks, and keeps gradients with `if`."""


class NodeHooks:
    def run_tensor_hooks(self, gradients):
        results = []
        for input_nr, gradient in enumerate(gradients):
            for hook in tuple(self.tensor.get(input_nr, {}).values()):
                gradient = _replace(hook, gradient, hook(gradient))
            if input_nr in self.retain:
                self.retain[input_nr](gradient)
            results.append(gradient)
        return results


class Keeper:
    """Keeps as an object what the reference keeps as a closure."""

    def __init__(self, reference):
        self.reference = reference

    def __call__(self, gradient):
        tensor = self.reference()
        if tensor is not None and gradient is not None:
            tensor._grad = gradient + 0 if tensor._grad is None else gradient + tensor._grad


def retainer(reference):
    return Keeper(reference)
