"""Records only what has nothing but inputs that require grad, numbers aside."""


def compute_requires_grad(*inputs):
    flags = [value.requires_grad for value in inputs if isinstance(value, Tensor)]
    return state.enabled and bool(flags) and all(flags)
