"""A while loop with an index, and a stack of nodes with a dictionary of those met."""


def horner(coefficients, x):
    place = len(coefficients) - 1
    total = coefficients[place]
    while place > 0:
        place -= 1
        total = total * x + coefficients[place]
    return total


def count_constants(out):
    stack, met = [out.grad_fn], {}
    while stack:
        node = stack.pop()
        if node is not None and node not in met:
            targets = [target for target, _ in node.next_functions]
            met[node] = targets.count(None)
            stack.extend(targets)
    return sum(met.values())
