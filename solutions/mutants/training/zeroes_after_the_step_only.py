"""Zeroes at the end of each step: what was there at the beginning counts."""


def train(network, loss_function, optimizer, x, y, steps):
    losses = []
    for _ in range(steps):
        loss = loss_function(network(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return losses
