"""Sets gradients to None whatever was asked for."""


class SGD:
    def zero_grad(self, set_to_none=True):
        for parameter in self.params:
            parameter.grad = None
