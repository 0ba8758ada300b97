"""Counts all changes since the tensor was made."""


def count_changes(tensor, action):
    action(tensor)
    return tensor._version
