"""Writes the formula down with new tensors, and copies the result into the parameter."""


class SGD:
    def step(self):
        places = [place for place, parameter in enumerate(self.params) if parameter.grad is not None]
        for place in places:
            with no_grad():
                self._move(place, self.params[place], self.params[place].grad)

    def _move(self, place, parameter, gradient):
        direction = gradient + self.weight_decay * parameter
        if self.momentum and self.momentum_buffers[place] is not None:
            direction = self.momentum * self.momentum_buffers[place] + direction
        self.momentum_buffers[place] = direction
        parameter.copy_(parameter - self.lr * direction)

    def zero_grad(self, set_to_none=True):
        for parameter in self.params:
            if parameter.grad is None:
                continue
            if not set_to_none:
                empty_gradient(parameter.grad)
            else:
                del parameter.grad
