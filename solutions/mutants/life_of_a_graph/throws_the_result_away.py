"""Lets go of the result before it looks."""


def is_kept(make, operation):
    import weakref

    operand = make()
    watcher = weakref.ref(operand)
    operation(operand)
    del operand
    return watcher() is not None
