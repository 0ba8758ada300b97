"""Walks level by level with a function that calls itself, and names constants too."""


def walk(out):
    met = []

    def level(nodes):
        fresh = []
        for node in nodes:
            if node is None or node not in met:
                met.append(node)
                fresh.append(node)
        behind = [neighbour for node in fresh if node is not None for neighbour, _ in node.next_functions]
        if behind:
            level(behind)

    level([out.grad_fn])
    return ["None" if node is None else node.name() for node in met]
