"""Computes the whole batch at once: the memory is full before the first gradient."""


def backward_in_parts(network, loss_function, x, y, size):
    loss = loss_function(network(x), y)
    loss.backward()
    return loss.item()
