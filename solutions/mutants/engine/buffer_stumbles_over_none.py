"""Takes it for granted that a gradient comes, and adds into the one that came."""


class InputBuffer:
    def add(self, input_nr, gradient):
        before = self.gradients[input_nr]
        self.gradients[input_nr] = gradient if before is None else gradient.add_(before)
