"""Moodle's offline grading worksheet: the downloaded CSV comes back with its column of grades filled.

Its headings are in the language of whoever downloaded it, so that columns are known by what stands in them: the
highest grade is the same number in every row, and right before it are the grades, numbers or empty.

Source: Moodle, mod/assign/feedback/offline/importgradeslib.php.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.errors import UsageError
from autograder.report.exports.filling import Column, decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.model.sheet import Sheet

_UNGRADED = {"", "-"}
_COMMENTS = "Feedback comments"  # where the worksheet is English


def moodle_column(sheet: Sheet, name: str, heading: str | None = None, comments: str | None = None) -> Column:
    """The column of grades and the one of comments, by their headings where these are given.

    Without a heading, comments go where an English worksheet has them, and nowhere in one of another language.

    Raises:
        UsageError: there is no such column, or it can't be told which one it is.
    """
    is_english = sheet.rows[0].count(_COMMENTS) == 1
    place = _grades(sheet, name) if heading is None else _headed(sheet, name, heading)
    rows = sheet.rows[1:]
    return Column(
        place=place,
        names=tuple(range(place)),
        rows=tuple(range(1, len(sheet.rows))),
        participants=0,
        maximum=decimal(rows[0][place + 1]) if rows and len(rows[0]) > place + 1 else None,
        comments=_headed(sheet, name, comments or _COMMENTS) if comments or is_english else None,
    )


def _headed(sheet: Sheet, name: str, heading: str) -> int:
    if sheet.rows[0].count(heading) == 1:
        return sheet.rows[0].index(heading)
    raise UsageError(f"{name}: has not one column {heading!r}; name one of {', '.join(sheet.rows[0])}")


def _grades(sheet: Sheet, name: str) -> int:
    found = list(_candidates(sheet))
    if len(found) == 1:
        return found[0]
    raise UsageError(
        f"{name}: it can't be told which column holds the grades; say it with --column: {', '.join(sheet.rows[0])}"
    )


def _candidates(sheet: Sheet) -> Iterator[int]:
    """Columns that hold grades by what stands in and after them; the first two say who the row is about."""
    rows = sheet.rows[1:]
    width = min((len(row) for row in rows), default=0)
    for place in range(2, width - 1):
        maxima = {decimal(row[place + 1]) for row in rows}
        is_maximum = len(maxima) == 1 and (maxima.copy().pop() or 0.0) > 0
        if is_maximum and all(row[place].strip() in _UNGRADED or decimal(row[place]) is not None for row in rows):
            yield place
