"""Derives by calling itself, and writes powers."""


def derivatives(function, x, order):
    def below(value, left):
        if left == 0:
            return [value.item()]
        if not value.requires_grad:
            return [value.item()] + [0.0] * left
        slope = torch.autograd.grad(value, x, create_graph=True)[0]
        return [value.item(), *below(slope, left - 1)]

    return below(function(x), order)


class Cube(torch.autograd.Function):
    """The third power."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, gradient):
        x = ctx.saved_tensors[0]
        return 3 * x**2 * gradient


def hessian_vector_product(loss, leaf, vector):
    gradient = torch.autograd.grad(loss, leaf, create_graph=True)[0]
    return torch.autograd.grad(outputs=torch.sum(gradient * vector), inputs=leaf)[0]


def newton(function, start, steps):
    def step(at):
        x = torch.tensor(at).requires_grad_()
        slope = torch.autograd.grad(function(x), [x], create_graph=True)[0]
        curvature = torch.autograd.grad(slope, [x])[0]
        return at - float(slope) / float(curvature)

    places = [start]
    for _ in range(steps):
        places.append(step(places[-1]))
    return places[1:]
