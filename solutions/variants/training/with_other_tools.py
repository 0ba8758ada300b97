"""Zeroes just before going backward, and counts by examples."""


def train(network, loss_function, optimizer, x, y, steps):
    losses = []
    while len(losses) < steps:
        loss = loss_function(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        losses.append(float(loss.item()))
        optimizer.step()
    return losses


def backward_in_parts(network, loss_function, x, y, size):
    done, parts = 0, []
    while done < len(x):
        count = min(size, len(x) - done)
        loss = loss_function(network(x[done : done + count]), y[done : done + count])
        (loss * count / len(x)).backward()
        parts.append(loss.item() * count)
        done += count
    return sum(parts) / len(x)
