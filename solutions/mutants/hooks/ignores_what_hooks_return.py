"""Calls the hooks and goes on with what came in."""


class NodeHooks:
    def run_tensor_hooks(self, gradients):
        for input_nr, hooks in self.tensor.items():
            for hook in list(hooks.values()):
                hook(gradients[input_nr])
        for input_nr, keep in self.retain.items():
            keep(gradients[input_nr])
        return list(gradients)
