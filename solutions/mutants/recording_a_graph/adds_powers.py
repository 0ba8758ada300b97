"""Computes each power anew: the right number, by another graph."""


def horner(coefficients, x):
    total = x * coefficients[1] + coefficients[0]
    power = x
    for coefficient in coefficients[2:]:
        power = power * x
        total = total + power * coefficient
    return total
