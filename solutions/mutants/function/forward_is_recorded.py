"""Runs `forward` where operations are recorded: a graph beside the graph."""


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(inputs)
        result = cls.run_forward(node, inputs)
        if state.enabled and any(node.needs_input_grad):
            outputs = result if isinstance(result, tuple) else (result,)
            for output in outputs:
                node.attach(output)
            node.keep(outputs)
        return result
