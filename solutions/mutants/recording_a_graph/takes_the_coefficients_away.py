"""Takes the coefficients out of the caller's list."""


def horner(coefficients, x):
    total = coefficients.pop()
    while coefficients:
        total = total * x + coefficients.pop()
    return total
