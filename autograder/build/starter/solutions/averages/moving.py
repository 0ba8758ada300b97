"""The moving average of a series."""

from collections.abc import Sequence


def moving_average(values: Sequence[float], width: int) -> list[float]:
    """The average of every `width` values that follow one another.

    `moving_average([1, 2, 3, 4], 2)` is `[1.5, 2.5, 3.5]`; where no window fits, there is none.
    """
    # A window begins at each place from which enough values follow.
    starts = range(len(values) - width + 1)
    # Its average is its sum, shared out.
    return [sum(values[start : start + width]) / width for start in starts]
