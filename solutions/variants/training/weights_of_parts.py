"""Fills old gradients with zeros, and weighs the parts before going backward from all of them at once."""


def train(network, loss_function, optimizer, x, y, steps):
    def once():
        loss = loss_function(network(x), y)
        optimizer.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        return loss.item()

    return [once() for _ in range(steps)]


def backward_in_parts(network, loss_function, x, y, size):
    whole = len(x)
    losses = []
    for start in range(0, whole, size):
        end = min(start + size, whole)
        share = (end - start) / whole
        loss = share * loss_function(network(x[start:end]), y[start:end])
        loss.backward()
        losses.append(loss.detach())
    return float(sum(losses))
