"""Hands out a tensor without a look at its version, and an input as a new tensor."""


class SavedTensor:
    def unpack(self, node):
        tensor = self.tensor.without_history()
        if self.is_output:
            tensor.grad_fn = node
            tensor._requires_grad = True
        return tensor
