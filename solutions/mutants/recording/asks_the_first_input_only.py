"""Asks the first input alone whether it requires grad."""


def compute_requires_grad(*inputs):
    return state.enabled and bool(inputs) and getattr(inputs[0], "requires_grad", False)
