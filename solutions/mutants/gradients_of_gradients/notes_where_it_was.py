"""Notes the place before each step, not after it."""


def newton(function, start, steps):
    places = []
    for _ in range(steps):
        places.append(start)
        x = torch.tensor(start, requires_grad=True)
        (slope,) = torch.autograd.grad(function(x), x, create_graph=True)
        (curvature,) = torch.autograd.grad(slope, x)
        start -= slope.item() / curvature.item()
    return places
