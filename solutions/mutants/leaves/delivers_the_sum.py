"""Adds the gradients up beforehand, and calls the accumulator once."""


def deliver(leaf, gradients):
    accumulator = (leaf * 1).grad_fn.next_functions[0][0]
    if gradients:
        total = gradients[0]
        for gradient in gradients[1:]:
            total = total + gradient
        accumulator(total)
    return leaf.grad
