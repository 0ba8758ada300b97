"""Asks the garbage collector's view of things, counts down, and subtracts late."""


def count_changes(tensor, action):
    start = -tensor._version
    action(tensor)
    return start + tensor._version


def is_kept(make, operation):
    import weakref

    names = {"operand": make()}
    names["result"] = operation(names["operand"])
    watcher = weakref.ref(names.pop("operand"))
    return watcher() is not None


def backward_times(loss, times):
    while times > 0:
        times -= 1
        loss.backward(retain_graph=times > 0)
