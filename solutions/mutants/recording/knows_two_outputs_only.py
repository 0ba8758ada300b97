"""Tells only the first output from the others."""


def set_history(output, node):
    output.grad_fn = node
    output._requires_grad = True
    output.output_nr = min(node.add_input_metadata(output), 1)
