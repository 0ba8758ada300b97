"""Counts the ways to all nodes where the graph ends."""


def count_paths(order):
    ways = dict.fromkeys(order, 0)
    ways[order[0]] = 1
    ends = 0
    for node in order:
        targets = [target for target, _ in node.next_functions if target is not None]
        for target in targets:
            ways[target] += ways[node]
        ends += 0 if targets else ways[node]
    return ends
