"""Keeps the first gradient itself as running sum, and changes it."""


class SGD:
    def _move(self, place, parameter, gradient):
        if self.weight_decay:
            gradient.add_(parameter, alpha=self.weight_decay)
        if self.momentum:
            buffer = self.momentum_buffers[place]
            gradient = gradient if buffer is None else buffer.mul_(self.momentum).add_(gradient)
            self.momentum_buffers[place] = gradient
        parameter.add_(gradient, alpha=-self.lr)
