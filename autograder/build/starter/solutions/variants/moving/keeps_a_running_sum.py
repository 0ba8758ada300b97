"""The sum is carried from window to window, rather than made anew."""


def moving_average(values, width):
    averages, total = [], 0.0
    for place, value in enumerate(values):
        total += value
        if place >= width:
            total -= values[place - width]
        if place >= width - 1:
            averages.append(total / width)
    return averages
