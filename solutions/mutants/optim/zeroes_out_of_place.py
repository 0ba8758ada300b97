"""Puts new zeros in the place of the gradient."""


class SGD:
    def zero_grad(self, set_to_none=True):
        for parameter in self.params:
            if set_to_none:
                parameter.grad = None
            elif parameter.grad is not None:
                parameter.grad = parameter.grad * 0
