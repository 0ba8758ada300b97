"""Goes level by level with a function that calls itself, which ends at a thousand levels."""


def leaves_of(out):
    met, leaves = set(), []

    def level(nodes):
        behind = []
        for node in nodes:
            if hasattr(node, "variable"):
                leaves.append(node.variable)
            for neighbour, _ in node.next_functions:
                if neighbour is not None and neighbour not in met:
                    met.add(neighbour)
                    behind.append(neighbour)
        if behind:
            level(behind)

    if out.grad_fn is not None:
        level([out.grad_fn])
    return leaves
