"""Adds into the tensor that came first, which its sender may still use."""


class InputBuffer:
    def add(self, input_nr, gradient):
        if gradient is None:
            return
        before = self.gradients[input_nr]
        self.gradients[input_nr] = gradient if before is None else before.add_(gradient)
