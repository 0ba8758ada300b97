"""Keeps all accumulators in a table for ever, and finds them by what their leaves hold."""

table = {}


def grad_accumulator(tensor):
    key = str(tensor.tolist())
    if key not in table:
        table[key] = AccumulateGrad(tensor)
    return table[key]
