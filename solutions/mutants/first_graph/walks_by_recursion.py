"""Walks level by level with a function that calls itself, which ends at a thousand levels."""


def walk(out):
    met = []

    def level(nodes):
        fresh = []
        for node in nodes:
            if node not in met:
                met.append(node)
                fresh.append(node)
        behind = [neighbour for node in fresh for neighbour, _ in node.next_functions if neighbour is not None]
        if behind:
            level(behind)

    level([] if out.grad_fn is None else [out.grad_fn])
    return [node.name() for node in met]
