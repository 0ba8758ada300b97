"""Returns the slope, and forgets what arrived."""


class Cube:
    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return 3 * x * x
