"""Level by level, and the accumulator through a sum."""


def leaves_of(out):
    level, met, leaves = [out.grad_fn], set(), []
    while level:
        below = []
        for node in level:
            if node is None or node in met:
                continue
            met.add(node)
            if hasattr(node, "variable"):
                leaves.append(node.variable)
            below += [target for target, _ in node.next_functions]
        level = below
    return leaves


def deliver(leaf, gradients):
    result = leaf + 0
    node, _ = result.grad_fn.next_functions[0]
    for each in gradients:
        node(each)
    return leaf.grad
