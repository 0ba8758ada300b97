"""Saves copies of the tensors, which cost memory."""


def make_node(operation, inputs, constants):
    node = operation(collect_next_edges(*inputs))
    node.constants = constants
    node.saved = []
    for position, places in enumerate(operation.wanted_by):
        value = inputs[position]
        if isinstance(value, Tensor):
            copied = Tensor(value.array.copy())
            copied.grad_fn, copied.output_nr, copied._requires_grad = (
                value.grad_fn,
                value.output_nr,
                value._requires_grad,
            )
            value = copied
        node.saved.append(saved_input(value) if node.should_compute_output(places) else None)
    return node
