"""Gives the kept tensor itself its place back: from then on it holds its node."""


class SavedTensor:
    def unpack(self, node):
        self.unpack_array(node)
        if self.is_output:
            self.tensor.grad_fn = node
            self.tensor._requires_grad = True
        return self.tensor
