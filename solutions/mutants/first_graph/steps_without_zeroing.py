"""Steps along all gradients that ever came."""


def training_step(weight, loss, rate):
    loss.backward()
    with torch.no_grad():
        weight -= rate * weight.grad
