"""Stops at the first parameter without a gradient."""


class SGD:
    def step(self):
        with no_grad():
            for place, parameter in enumerate(self.params):
                if parameter.grad is None:
                    break
                self._move(place, parameter, parameter.grad)
