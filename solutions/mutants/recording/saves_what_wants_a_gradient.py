"""Saves the inputs that want a gradient, instead of those that somebody else's gradient is written with."""


def make_node(operation, inputs, constants):
    node = operation(collect_next_edges(*inputs))
    node.constants = constants
    node.saved = [
        saved_input(inputs[position]) if node.next_edges[position].is_valid() else None
        for position in range(len(operation.wanted_by))
    ]
    return node
