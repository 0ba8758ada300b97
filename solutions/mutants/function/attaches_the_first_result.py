"""Attaches the first result only: the others are constants."""


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(inputs)
        is_recorded = state.enabled and any(node.needs_input_grad)
        with no_grad():
            result = cls.run_forward(node, inputs)
        if is_recorded:
            outputs = result if isinstance(result, tuple) else (result,)
            node.attach(outputs[0])
            node.keep(outputs)
        return result
