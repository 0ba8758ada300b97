"""Keeps the first gradient itself."""


def retainer(reference):
    def keep(gradient):
        tensor = reference()
        if tensor is not None and gradient is not None:
            tensor._grad = gradient if tensor._grad is None else tensor._grad + gradient

    return keep
