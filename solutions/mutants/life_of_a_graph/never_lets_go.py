"""Keeps results for ever, and with them what they hold."""


def is_kept(make, operation, results=[]):
    import weakref

    operand = make()
    watcher = weakref.ref(operand)
    results.append(operation(operand))
    del operand
    return watcher() is not None
