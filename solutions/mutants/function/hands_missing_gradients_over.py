"""Hands missing gradients over as None, though the user expects zeros."""


class FunctionNode:
    def apply(self, *gradients):
        returned = self.function.backward(self, *gradients)
        results = returned if isinstance(returned, tuple) else (returned,)
        check_results(self, results)
        return tuple(result for result, is_tensor in zip(results, self.is_tensor) if is_tensor)
