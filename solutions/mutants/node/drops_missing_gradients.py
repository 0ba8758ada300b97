"""Leaves missing gradients out, so that the others reach the formula in the wrong places."""


class Node:
    def __call__(self, *gradients):
        if len(gradients) != len(self._input_metadata):
            raise TypeError(f"expected {len(self._input_metadata)} arguments, got {len(gradients)} instead")
        results = tuple(self.apply(*[gradient for gradient in gradients if gradient is not None]))
        return results[0] if len(results) == 1 else results
