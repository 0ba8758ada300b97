"""The class as a plain table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.sheet import Sheet, inert
from autograder.report.points import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from autograder.model.ids import UnitId
    from autograder.report.roll import Row


def scores_csv(rows: Iterable[Row], units: Sequence[UnitId]) -> str:
    """One line a student: name, points in each unit, total, maximum.

    What is not graded stays empty, never 0: a unit with an ungraded check, and the total that would contain it.
    A name that a spreadsheet would run as a formula starts with an apostrophe.
    """
    headings = ("student", *units, "total", "max")
    return Sheet(rows=(headings, *(_cells(row, units) for row in rows))).written().decode()


def units_of(rows: Iterable[Row]) -> tuple[UnitId, ...]:
    """The units that rows speak of, in their order."""
    return tuple(dict.fromkeys(unit for row in rows for unit in row.units))


def _cells(row: Row, units: Sequence[UnitId]) -> tuple[str, ...]:
    points = (*(row.units.get(unit) for unit in units), row.score)
    return (inert(row.student), *("" if each is None else number(each) for each in points), number(row.max_score))
