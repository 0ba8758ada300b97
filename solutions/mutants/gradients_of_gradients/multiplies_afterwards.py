"""Multiplies by the vector when the sums are made already."""


def hessian_vector_product(loss, leaf, vector):
    (gradient,) = torch.autograd.grad(loss, leaf, create_graph=True)
    (product,) = torch.autograd.grad(gradient.sum(), leaf)
    return product * vector
