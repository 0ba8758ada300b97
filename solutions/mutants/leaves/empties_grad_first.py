"""Throws away what had been there before."""


def deliver(leaf, gradients):
    leaf.grad = None
    accumulator = (leaf * 1).grad_fn.next_functions[0][0]
    for gradient in gradients:
        accumulator(gradient)
    return leaf.grad
