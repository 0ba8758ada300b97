"""Steps along the gradient instead of against it."""


def training_step(weight, loss, rate):
    weight.grad = None
    loss.backward()
    with torch.no_grad():
        weight += rate * weight.grad
