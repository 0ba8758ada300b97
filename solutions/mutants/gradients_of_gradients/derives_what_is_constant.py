"""Goes on where nothing depends on x any more."""


def derivatives(function, x, order):
    value = function(x)
    found = [value.item()]
    for _ in range(order):
        (value,) = torch.autograd.grad(value, x, create_graph=True)
        found.append(value.item())
    return found
