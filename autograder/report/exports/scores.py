"""The class as a plain table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.sheet import Sheet, inert
from autograder.report.points import number, ungraded_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from autograder.model.ids import UnitId
    from autograder.model.result import Result


def scores_csv(results: Iterable[Result], units: Sequence[UnitId]) -> str:
    """One line a student: name, points in each unit, total, maximum.

    What is not graded stays empty, never 0: a unit with an ungraded check, and the total that would contain it.
    A name that a spreadsheet would run as a formula starts with an apostrophe.
    """
    headings = ("student", *units, "total", "max")
    return Sheet(rows=(headings, *(_row(result, units) for result in results))).written().decode()


def units_of(results: Iterable[Result]) -> tuple[UnitId, ...]:
    """The units that results speak of, in their order."""
    return tuple(dict.fromkeys(unit.id for result in results for unit in result.units))


def _row(result: Result, units: Sequence[UnitId]) -> tuple[str, ...]:
    open_units = ungraded_units(result)
    scores = {unit.id: unit.score for unit in result.units if unit.id not in open_units}
    total = "" if open_units else number(result.score)
    cells = (number(scores[unit]) if unit in scores else "" for unit in units)
    return (inert(result.student), *cells, total, number(result.max_score))
