"""Makes the accumulator of a copy: the leaf itself is neither kept alive nor fed."""


def grad_accumulator(tensor):
    return AccumulateGrad(tensor.detach().requires_grad_())
