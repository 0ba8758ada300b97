"""Looks at the operand while it still has a name of its own."""


def is_kept(make, operation):
    import weakref

    operand = make()
    watcher = weakref.ref(operand)
    result = operation(operand)
    return watcher() is not None
