"""Walks each way to its end."""


def count_paths(order):
    def ways(node):
        if node is order[-1]:
            return 1
        return sum(ways(target) for target, _ in node.next_functions if target is not None)

    return ways(order[0])
