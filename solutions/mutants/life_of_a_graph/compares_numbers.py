"""Compares the numbers before and after: one change at most, and none where the numbers stay."""


def count_changes(tensor, action):
    before = tensor.tolist()
    action(tensor)
    return int(tensor.tolist() != before)
