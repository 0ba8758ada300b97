"""Fills the gradient with zeros, and leaves it in the graph that recorded it."""


class SGD:
    def zero_grad(self, set_to_none=True):
        for parameter in self.params:
            if set_to_none:
                parameter.grad = None
            elif parameter.grad is not None:
                with no_grad():
                    parameter.grad.zero_()
