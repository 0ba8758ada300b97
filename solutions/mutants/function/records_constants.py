"""Records what nobody wants a gradient of."""


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(inputs)
        is_recorded = state.enabled
        with no_grad():
            result = cls.run_forward(node, inputs)
        if is_recorded:
            outputs = result if isinstance(result, tuple) else (result,)
            for output in outputs:
                node.attach(output)
            node.keep(outputs)
        return result
