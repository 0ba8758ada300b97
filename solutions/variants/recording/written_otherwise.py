"""Decides first, computes last, and makes lists where the reference loops."""

import numpy as np


def compute_requires_grad(*inputs):
    return any(isinstance(value, Tensor) and value.requires_grad for value in inputs) and state.enabled


def make_node(operation, inputs, constants):
    edges = collect_next_edges(*inputs)
    node = operation(next_edges=edges)
    kept = [None] * len(operation.wanted_by)
    for position, places in enumerate(operation.wanted_by):
        if any(edges[place].is_valid() for place in places):
            kept[position] = saved_input(inputs[position])
    node.saved, node.constants = kept, constants
    return node


def set_history(output, node):
    output.output_nr = len(node._input_metadata)
    node.add_input_metadata(output)
    output._requires_grad, output.grad_fn = True, node


def run_operation(operation, inputs, constants):
    node = make_node(operation, inputs, constants) if compute_requires_grad(*inputs) else None
    arrays = [getattr(value, "array", value) for value in inputs]
    output = Tensor(np.asarray(operation.compute(arrays, constants))[()])
    if node is not None:
        set_history(output, node)
        node.save_output(output)
    return output
