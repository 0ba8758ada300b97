"""Takes two edges between the same nodes for one way."""


def count_paths(order):
    ways = dict.fromkeys(order, 0)
    ways[order[0]] = 1
    for node in order:
        for target in {target for target, _ in node.next_functions if target is not None}:
            ways[target] += ways[node]
    return ways[order[-1]]
