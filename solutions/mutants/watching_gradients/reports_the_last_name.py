"""Looks the name up when the gradient comes: all reports bear the last one."""


def watch(log, **tensors):
    handles = []
    for name, tensor in tensors.items():
        handles.append(tensor.register_hook(lambda gradient: log.append((name, gradient.tolist()))))
    return handles
