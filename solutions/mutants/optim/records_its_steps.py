"""Steps while operations are recorded."""


class SGD:
    def step(self):
        for place, parameter in enumerate(self.params):
            if parameter.grad is not None:
                self._move(place, parameter, parameter.grad)
