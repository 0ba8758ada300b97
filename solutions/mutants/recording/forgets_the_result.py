"""Never lets the node keep its result."""


def run_operation(operation, inputs, constants):
    arrays = [value.array if isinstance(value, Tensor) else value for value in inputs]
    output = Tensor(operation.compute(arrays, constants))
    if compute_requires_grad(*inputs):
        set_history(output, make_node(operation, inputs, constants))
    return output
