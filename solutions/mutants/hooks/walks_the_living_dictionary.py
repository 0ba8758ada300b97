"""Walks the hooks themselves, not a copy: a hook that removes itself breaks the walk."""


class NodeHooks:
    def run_tensor_hooks(self, gradients):
        gradients = list(gradients)
        for input_nr, hooks in self.tensor.items():
            for hook in hooks.values():
                gradients[input_nr] = _replace(hook, gradients[input_nr], hook(gradients[input_nr]))
        for input_nr, keep in self.retain.items():
            keep(gradients[input_nr])
        return gradients
