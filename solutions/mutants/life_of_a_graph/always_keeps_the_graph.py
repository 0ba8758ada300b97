"""Keeps the graph after the last pass too."""


def backward_times(loss, times):
    for _ in range(times):
        loss.backward(retain_graph=True)
