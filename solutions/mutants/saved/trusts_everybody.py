"""Hands out the numbers whatever happened to them."""


class SavedTensor:
    def unpack_array(self, node):
        return self.tensor.array
