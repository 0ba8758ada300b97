"""Runs `backward` without recording: the gradient has no graph, and no gradient of its own."""


class FunctionNode:
    def apply(self, *gradients):
        with no_grad():
            returned = self.function.backward(self, *self.materialized(gradients))
        results = returned if isinstance(returned, tuple) else (returned,)
        check_results(self, results)
        return tuple(result for result, is_tensor in zip(results, self.is_tensor) if is_tensor)
