"""Never saves what `forward` named in `save_for_backward`."""


class Function:
    @classmethod
    def apply(cls, *inputs):
        node = cls.node_class(inputs)
        is_recorded = state.enabled and any(node.needs_input_grad)
        with no_grad():
            result = cls.run_forward(node, inputs)
        if is_recorded:
            for output in result if isinstance(result, tuple) else (result,):
                node.attach(output)
        return result
