"""Saves a copy, so that nobody can change it: twice the memory."""


class SavedTensor:
    def __init__(self, tensor, is_output=False):
        self.tensor = tensor.detach_copy()
        self.version = tensor._version
        self.is_output = is_output
