"""Gives every output the number 0."""


def set_history(output, node):
    output.grad_fn = node
    output._requires_grad = True
    node.add_input_metadata(output)
