"""Steps as far as the slope says, as gradient descent does."""


def newton(function, start, steps):
    places = []
    for _ in range(steps):
        x = torch.tensor(start, requires_grad=True)
        (slope,) = torch.autograd.grad(function(x), x)
        start -= slope.item()
        places.append(start)
    return places
