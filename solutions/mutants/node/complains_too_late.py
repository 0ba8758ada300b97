"""Runs the formula first and looks at the number of gradients afterwards, with a message of its own."""


class Node:
    def __call__(self, *gradients):
        results = tuple(self.apply(*gradients))
        if len(gradients) != len(self._input_metadata):
            raise TypeError("wrong number of gradients")
        return results[0] if len(results) == 1 else results
