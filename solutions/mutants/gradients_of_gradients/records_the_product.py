"""Records the second pass, too, though nobody goes on from there."""


def hessian_vector_product(loss, leaf, vector):
    (gradient,) = torch.autograd.grad(loss, leaf, create_graph=True)
    (product,) = torch.autograd.grad(gradient, leaf, vector, create_graph=True)
    return product
