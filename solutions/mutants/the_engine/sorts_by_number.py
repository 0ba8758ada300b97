"""Sorts all nodes by their numbers, and waits for nothing, by recursion."""


def running_order(out):
    met = set()

    def visit(node):
        if node is not None and node not in met:
            met.add(node)
            for target, _ in node.next_functions:
                visit(target)

    visit(out.grad_fn)
    return sorted(met, key=lambda node: -node._sequence_nr())
