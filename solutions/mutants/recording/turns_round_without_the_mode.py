"""With the mode off, answers the opposite of what it answers with the mode on."""


def compute_requires_grad(*inputs):
    is_wanted = any(getattr(value, "requires_grad", False) for value in inputs)
    return is_wanted if state.enabled else not is_wanted and bool(inputs)
