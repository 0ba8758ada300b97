"""Counts the operations that have a constant, whether one or several, and walks by recursion."""


def count_constants(out):
    met = set()

    def visit(node):
        if node is None or node in met:
            return 0
        met.add(node)
        targets = [neighbour for neighbour, _ in node.next_functions]
        return int(None in targets) + sum(visit(target) for target in targets)

    return visit(out.grad_fn)
