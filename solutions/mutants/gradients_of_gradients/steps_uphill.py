"""Steps along the slope instead of against it."""


def newton(function, start, steps):
    places = []
    for _ in range(steps):
        x = torch.tensor(start, requires_grad=True)
        (slope,) = torch.autograd.grad(function(x), x, create_graph=True)
        (curvature,) = torch.autograd.grad(slope, x)
        start += slope.item() / curvature.item()
        places.append(start)
    return places
