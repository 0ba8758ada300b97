"""Walks with a deque, zeroes in place, and updates through `data`."""


def walk(out):
    from collections import deque

    queue, seen, names = deque([out.grad_fn] if out.grad_fn is not None else []), [], []
    ids = {id(node) for node in queue}
    while queue:
        node = queue.popleft()
        seen.append(node)
        names.append(node.name())
        for pair in node.next_functions:
            if pair[0] is not None and id(pair[0]) not in ids:
                ids.add(id(pair[0]))
                queue.append(pair[0])
    return names


def find_accumulator(out, leaf):
    stack, seen = [out.grad_fn], set()
    while stack:
        node = stack.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable") and node.variable is leaf:
            return node
        stack += [neighbour for neighbour, _ in node.next_functions]


def gradients_after(leaf, losses):
    kept = []
    for loss in losses:
        loss.backward()
        kept.append(leaf.grad.clone())
    return [gradient.tolist() for gradient in kept]


def training_step(weight, loss, rate):
    if weight.grad is not None:
        weight.grad.zero_()
    loss.backward()
    weight.data.sub_(weight.grad * rate)
