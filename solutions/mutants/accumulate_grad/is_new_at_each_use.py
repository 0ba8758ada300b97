"""Makes a new accumulator at each use."""


def grad_accumulator(tensor):
    return AccumulateGrad(tensor)
