"""Goes along the gradient."""


class SGD:
    def _move(self, place, parameter, gradient):
        parameter.add_(gradient, alpha=self.lr)
