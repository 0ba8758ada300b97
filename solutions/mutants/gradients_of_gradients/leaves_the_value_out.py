"""Begins with the first derivative."""


def derivatives(function, x, order):
    value = function(x)
    found = []
    for _ in range(order):
        if value.requires_grad:
            (value,) = torch.autograd.grad(value, x, create_graph=True)
            found.append(value.item())
        else:
            found.append(0.0)
    return found
