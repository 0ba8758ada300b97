"""Follows each path to its end before the next one, by recursion."""


def leaves_of(out):
    met, leaves = set(), []

    def visit(node):
        if node is None or node in met:
            return
        met.add(node)
        if getattr(node, "variable", None) is not None:
            leaves.append(node.variable)
        for target, _ in node.next_functions:
            visit(target)

    visit(out.grad_fn)
    return leaves
