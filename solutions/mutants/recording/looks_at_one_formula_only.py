"""Looks only at the first of the formulas that are written with an input."""


def make_node(operation, inputs, constants):
    node = operation(collect_next_edges(*inputs))
    node.constants = constants
    node.saved = [
        saved_input(inputs[position]) if node.should_compute_output(places[:1]) else None
        for position, places in enumerate(operation.wanted_by)
    ]
    return node
