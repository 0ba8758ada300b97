"""Asks a finalizer instead of a reference, and counts the passes down."""


def count_changes(tensor, action):
    before, _, after = tensor._version, action(tensor), tensor._version
    return after - before


def is_kept(make, operation):
    from weakref import finalize

    operand = make()
    end = finalize(operand, lambda: None)
    result = operation(operand)
    operand = None
    answer = end.alive
    del result
    return answer


def backward_times(loss, times):
    for left in reversed(range(times)):
        loss.backward(retain_graph=bool(left))
