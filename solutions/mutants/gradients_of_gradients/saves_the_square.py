"""Saves the square, which was computed in `forward` and has no history there."""


class Cube:
    @staticmethod
    def forward(ctx, x):
        square = x * x
        ctx.save_for_backward(square)
        return square * x

    @staticmethod
    def backward(ctx, gradient):
        (square,) = ctx.saved_tensors
        return gradient * 3 * square
