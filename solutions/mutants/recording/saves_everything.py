"""Saves every input that any formula is written with, wherever the edges lead."""


def make_node(operation, inputs, constants):
    node = operation(collect_next_edges(*inputs))
    node.constants = constants
    node.saved = [saved_input(inputs[position]) for position in range(len(operation.wanted_by))]
    return node
