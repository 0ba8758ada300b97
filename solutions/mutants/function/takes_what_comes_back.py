"""Does not look whether `backward` returned one gradient for each argument."""


class FunctionNode:
    def apply(self, *gradients):
        returned = self.function.backward(self, *self.materialized(gradients))
        results = returned if isinstance(returned, tuple) else (returned,)
        return tuple(result for result, is_tensor in zip(results, self.is_tensor) if is_tensor)
