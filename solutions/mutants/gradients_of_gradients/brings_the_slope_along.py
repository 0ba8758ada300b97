"""Computes the slope in `forward`, where nobody records it: a part of the second derivative is missing."""


class Cube:
    @staticmethod
    def forward(ctx, x):
        ctx.slope = 3 * x * x
        return x * x * x

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.slope
