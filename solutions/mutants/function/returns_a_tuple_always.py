"""Returns a tuple, whatever `forward` returned."""


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(inputs)
        is_recorded = state.enabled and any(node.needs_input_grad)
        with no_grad():
            result = cls.run_forward(node, inputs)
        outputs = result if isinstance(result, tuple) else (result,)
        if is_recorded:
            for output in outputs:
                node.attach(output)
            node.keep(outputs)
        return outputs
