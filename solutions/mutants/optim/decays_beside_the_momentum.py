"""Lets weight decay act on the parameter directly, past the momentum."""


class SGD:
    def _move(self, place, parameter, gradient):
        if self.weight_decay:
            parameter.mul_(1 - self.lr * self.weight_decay)
        if self.momentum:
            buffer = self.momentum_buffers[place]
            gradient = gradient.clone() if buffer is None else buffer.mul_(self.momentum).add_(gradient)
            self.momentum_buffers[place] = gradient
        parameter.add_(gradient, alpha=-self.lr)
