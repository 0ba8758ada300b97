"""Records in `no_grad` too."""


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(inputs)
        with no_grad():
            result = cls.run_forward(node, inputs)
        if any(node.needs_input_grad):
            outputs = result if isinstance(result, tuple) else (result,)
            for output in outputs:
                node.attach(output)
            node.keep(outputs)
        return result
