"""Records everything while the mode is on, also what has constants for inputs."""


def run_operation(operation, inputs, constants):
    arrays = [value.array if isinstance(value, Tensor) else value for value in inputs]
    output = Tensor(operation.compute(arrays, constants))
    if state.enabled:
        node = make_node(operation, inputs, constants)
        set_history(output, node)
        node.save_output(output)
    return output
