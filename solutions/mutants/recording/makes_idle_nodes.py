"""Makes a node for every operation, and throws it away where nothing is to be recorded."""


def run_operation(operation, inputs, constants):
    arrays = [value.array if isinstance(value, Tensor) else value for value in inputs]
    output = Tensor(operation.compute(arrays, constants))
    node = make_node(operation, inputs, constants)
    if compute_requires_grad(*inputs):
        set_history(output, node)
        node.save_output(output)
    return output
