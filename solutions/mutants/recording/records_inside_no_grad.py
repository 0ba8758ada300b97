"""Looks at the inputs alone, and goes on recording where nothing is to be recorded."""


def run_operation(operation, inputs, constants):
    arrays = [value.array if isinstance(value, Tensor) else value for value in inputs]
    output = Tensor(operation.compute(arrays, constants))
    if any(getattr(value, "requires_grad", False) for value in inputs):
        node = make_node(operation, inputs, constants)
        set_history(output, node)
        node.save_output(output)
    return output
