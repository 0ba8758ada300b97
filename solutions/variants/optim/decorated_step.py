"""Decorates the step, begins the running sum with zeros, and takes the step off with `sub_`."""


class SGD:
    @no_grad()
    def step(self):
        for place, parameter in enumerate(self.params):
            gradient = parameter.grad
            if gradient is None:
                continue
            self._move(place, parameter, gradient)

    def _move(self, place, parameter, gradient):
        direction = gradient + parameter * self.weight_decay if self.weight_decay else gradient
        if self.momentum:
            if self.momentum_buffers[place] is None:
                self.momentum_buffers[place] = direction * 0
            self.momentum_buffers[place].mul_(self.momentum)
            self.momentum_buffers[place] += direction
            direction = self.momentum_buffers[place]
        parameter.sub_(self.lr * direction)

    @no_grad()
    def zero_grad(self, set_to_none=True):
        for parameter in filter(lambda each: each.grad is not None, self.params):
            if set_to_none:
                parameter.grad = None
            else:
                empty_gradient(parameter.grad)
