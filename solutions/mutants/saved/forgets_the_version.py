"""Takes every tensor for one that was never modified."""


class SavedTensor:
    def __init__(self, tensor, is_output=False):
        self.tensor = tensor
        self.version = 0
        self.is_output = is_output
