"""Makes edges once for each kind of operation, and uses them again."""

KNOWN = {}


def make_node(operation, inputs, constants):
    edges = KNOWN.setdefault((operation, len(inputs)), collect_next_edges(*inputs))
    node = operation(edges)
    node.constants = constants
    node.saved = []
    for position, places in enumerate(operation.wanted_by):
        is_wanted = node.should_compute_output(places)
        node.saved.append(saved_input(inputs[position]) if is_wanted else None)
    return node
