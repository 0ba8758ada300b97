"""Asks for everything in loops of its own, and looks at the results one by one."""


class FunctionNode:
    def __init__(self, inputs):
        self.is_tensor, wanted, tensors = [], [], []
        for value in inputs:
            self.is_tensor.append(isinstance(value, Tensor))
            wanted.append(isinstance(value, Tensor) and value.requires_grad)
            if isinstance(value, Tensor):
                tensors.append(value)
        self.needs_input_grad = tuple(wanted)
        Node.__init__(self, collect_next_edges(*tensors))

    def apply(self, *gradients):
        results = type(self).function.backward(self, *self.materialized(list(gradients)))
        if not isinstance(results, tuple):
            results = (results,)
        check_results(self, results)
        return tuple(results[place] for place, is_tensor in enumerate(self.is_tensor) if is_tensor)


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(list(inputs))
        if not state.enabled or True not in node.needs_input_grad:
            with no_grad():
                return cls.run_forward(node, inputs)
        with no_grad():
            result = cls.run_forward(node, inputs)
        outputs = (result,) if not isinstance(result, tuple) else result
        for output in outputs:
            node.attach(output)
        node.keep(list(outputs))
        return result
