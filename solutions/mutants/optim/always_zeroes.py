"""Fills gradients with zeros whatever was asked for."""


class SGD:
    def zero_grad(self, set_to_none=True):
        for parameter in self.params:
            if parameter.grad is not None:
                empty_gradient(parameter.grad)
