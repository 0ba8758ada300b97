"""Counts with a function that calls itself for each node, which ends at a thousand of them."""


def count_constants(out):
    met = set()

    def below(node):
        if node in met:
            return 0
        met.add(node)
        return sum(1 if neighbour is None else below(neighbour) for neighbour, _ in node.next_functions)

    return 0 if out.grad_fn is None else below(out.grad_fn)
