"""Records `backward` each time, though nobody asked for it."""


class FunctionNode:
    def apply(self, *gradients):
        before, state.enabled = state.enabled, True
        returned = self.function.backward(self, *self.materialized(gradients))
        state.enabled = before
        results = returned if isinstance(returned, tuple) else (returned,)
        check_results(self, results)
        return tuple(result for result, is_tensor in zip(results, self.is_tensor) if is_tensor)
