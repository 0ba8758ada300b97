"""Takes a running mean where PyTorch takes a running sum."""


class SGD:
    def _move(self, place, parameter, gradient):
        if self.weight_decay:
            gradient = gradient.add(parameter, alpha=self.weight_decay)
        if self.momentum:
            buffer = self.momentum_buffers[place]
            buffer = gradient.clone() if buffer is None else buffer * self.momentum + gradient * (1 - self.momentum)
            gradient = self.momentum_buffers[place] = buffer
        parameter.add_(gradient, alpha=-self.lr)
