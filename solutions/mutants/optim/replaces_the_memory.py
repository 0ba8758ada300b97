"""Gives the parameter new memory."""


class SGD:
    def _move(self, place, parameter, gradient):
        if self.weight_decay:
            gradient = gradient.add(parameter, alpha=self.weight_decay)
        if self.momentum:
            buffer = self.momentum_buffers[place]
            gradient = gradient.clone() if buffer is None else buffer.mul_(self.momentum).add_(gradient)
            self.momentum_buffers[place] = gradient
        parameter.data = parameter.detach() - gradient * self.lr
