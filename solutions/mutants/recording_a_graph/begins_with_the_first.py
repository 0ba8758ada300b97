"""Begins with the first coefficient, so that they belong to the wrong powers."""


def horner(coefficients, x):
    total = coefficients[0]
    for coefficient in coefficients[1:]:
        total = total * x + coefficient
    return total
