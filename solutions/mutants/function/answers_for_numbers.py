"""Hands on an answer for each argument, also for those that are no tensors and have no edge."""


class FunctionNode:
    def apply(self, *gradients):
        returned = self.function.backward(self, *self.materialized(gradients))
        results = returned if isinstance(returned, tuple) else (returned,)
        check_results(self, results)
        return results
