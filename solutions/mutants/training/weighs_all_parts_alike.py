"""Divides by the number of parts, though the last one may be smaller."""


def backward_in_parts(network, loss_function, x, y, size):
    starts = range(0, len(x), size)
    total = 0.0
    for start in starts:
        loss = loss_function(network(x[start : start + size]), y[start : start + size]) / len(starts)
        loss.backward()
        total += loss.item()
    return total
