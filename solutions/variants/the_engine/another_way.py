"""A heap for those that are ready, and ways counted from the end."""

import heapq
from collections import Counter


def running_order(out):
    edges, met, stack = Counter(), set(), [out.grad_fn]
    while stack:
        node = stack.pop()
        if node in met:
            continue
        met.add(node)
        targets = [target for target, _ in node.next_functions if target is not None]
        edges.update(targets)
        stack += targets
    order, heap = [], [(-out.grad_fn._sequence_nr(), 0, out.grad_fn)]
    while heap:
        _, _, node = heapq.heappop(heap)
        order.append(node)
        for target, _ in node.next_functions:
            if target is not None:
                edges[target] -= 1
                if not edges[target]:
                    heapq.heappush(heap, (-target._sequence_nr(), id(target), target))
    return order


def count_paths(order):
    ways = {order[-1]: 1}
    for node in reversed(order[:-1]):
        ways[node] = sum(ways.get(target, 0) for target, _ in node.next_functions)
    return ways[order[0]]
