"""Lets the node note its first output only, and numbers the others by itself."""


def set_history(output, node):
    output.grad_fn = node
    output._requires_grad = True
    output.output_nr = len(node._input_metadata)
    if not node._input_metadata:
        node.add_input_metadata(output)
