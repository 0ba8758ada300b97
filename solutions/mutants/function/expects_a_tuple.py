"""Takes whatever comes back for a tuple: a single gradient falls apart into its elements."""


class FunctionNode:
    def apply(self, *gradients):
        results = tuple(self.function.backward(self, *self.materialized(gradients)))
        check_results(self, results)
        return tuple(result for result, is_tensor in zip(results, self.is_tensor) if is_tensor)
