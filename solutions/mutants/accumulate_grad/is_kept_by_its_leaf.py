"""Lets the leaf hold its accumulator strongly: the two keep each other alive for ever."""


def grad_accumulator(tensor):
    if tensor._accumulator is None:
        accumulator = AccumulateGrad(tensor)
        tensor._accumulator = lambda: accumulator
    return tensor._accumulator()
