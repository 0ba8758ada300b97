"""Adds everything up at input 0."""


class InputBuffer:
    def add(self, input_nr, gradient):
        if gradient is None:
            return
        before = self.gradients[0]
        self.gradients[0] = gradient if before is None else before + gradient
