"""Looks for what tensors have, hands a list on, and returns early where nothing is recorded."""


class FunctionNode:
    def __init__(self, inputs):
        tensors = [value for value in inputs if isinstance(value, Tensor)]
        self._count = len(inputs)
        super().__init__(tuple(collect_next_edges(*tensors)))
        self.needs_input_grad = tuple(map(lambda value: bool(getattr(value, "requires_grad", False)), inputs))
        self.is_tensor = list(map(lambda value: isinstance(value, Tensor), inputs))

    def apply(self, *gradients):
        results = self.function.backward(self, *self.materialized(gradients))
        if not isinstance(results, tuple):
            results = (results,)
        check_results(self, results)
        return [results[place] for place in range(self._count) if self.is_tensor[place]]


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(inputs)
        mode = no_grad()
        with mode:
            result = cls.run_forward(node, inputs)
        if not state.enabled:
            return result
        if not any(node.needs_input_grad):
            return result
        outputs = result
        if not isinstance(outputs, tuple):
            outputs = (outputs,)
        [node.attach(output) for output in outputs]
        node.keep(outputs)
        return result
