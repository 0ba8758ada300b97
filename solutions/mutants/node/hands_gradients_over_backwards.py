"""Hands the gradients to the formula in reverse."""


class Node:
    def __call__(self, *gradients):
        if len(gradients) != len(self._input_metadata):
            raise TypeError(f"expected {len(self._input_metadata)} arguments, got {len(gradients)} instead")
        results = tuple(self.apply(*reversed(gradients)))
        return results[0] if len(results) == 1 else results
