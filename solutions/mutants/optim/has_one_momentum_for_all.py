"""Keeps one running sum for all parameters."""


class SGD:
    def _move(self, place, parameter, gradient):
        if self.weight_decay:
            gradient = gradient.add(parameter, alpha=self.weight_decay)
        if self.momentum:
            buffer = self.momentum_buffers[0]
            gradient = gradient.clone() if buffer is None else buffer.mul_(self.momentum).add_(gradient)
            self.momentum_buffers[0] = gradient
        parameter.add_(gradient, alpha=-self.lr)
