"""Derives from a sum over the vector, keeps the result of the cube, and lets one leaf walk."""


def derivatives(function, x, order):
    found, value = [], function(x)
    for _ in range(order + 1):
        found.append(float(value))
        if value.requires_grad:
            value = torch.autograd.grad([value], [x], create_graph=True)[0]
        else:
            value = 0.0
            break
    return found + [0.0] * (order + 1 - len(found))


class Cube(torch.autograd.Function):
    """The third power, whose slope is written with the result, too."""

    @staticmethod
    def forward(ctx, x):
        result = x * x * x
        ctx.save_for_backward(x, result)
        return result

    @staticmethod
    def backward(ctx, gradient):
        x, result = ctx.saved_tensors
        return (gradient * (result / x + 2 * x * x),)


def hessian_vector_product(loss, leaf, vector):
    gradient = torch.autograd.grad(loss, [leaf], create_graph=True)[0]
    return torch.autograd.grad((vector * gradient).sum(), [leaf])[0].detach()


def newton(function, start, steps):
    x, places = torch.tensor(float(start), requires_grad=True), []
    while len(places) < steps:
        slope = torch.autograd.grad(function(x), x, create_graph=True)[0]
        curvature = torch.autograd.grad(slope, x)[0]
        with torch.no_grad():
            x -= slope / curvature
        places.append(x.item())
    return places
