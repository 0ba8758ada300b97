"""Results for programs: a table of scores, and one student's record with its schema."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec

from autograder.model.check import Visibility
from autograder.model.result import Result
from autograder.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.model.course import Course
    from autograder.model.ids import UnitId

FORMULA = ("=", "+", "-", "@")  # what a spreadsheet takes for the start of a formula


def scores_csv(results: Iterable[Result], course: Course) -> str:
    """One line a student: name, points in each unit, total, maximum.

    What is not graded stays empty, never 0: a unit with an ungraded check, and the total that would contain it.
    A name that a spreadsheet would run as a formula starts with an apostrophe.
    """
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    units = [unit.id for unit in course.units]
    table.writerow(["student", *units, "total", "max"])
    for result in results:
        open_units = ungraded_units(result)
        scores = {unit.id: unit.score for unit in result.units if unit.id not in open_units}
        total = "" if open_units else number(result.score)
        cells = [number(scores[unit]) if unit in scores else "" for unit in units]
        table.writerow([_plain(result.student), *cells, total, number(result.max_score)])
    return text.getvalue()


def ungraded_units(result: Result) -> frozenset[UnitId]:
    """The units whose score is not known yet, since a check that carries points is ungraded."""
    return frozenset(
        check.unit
        for check in result.checks
        if check.outcome is Outcome.UNGRADED and check.visibility is Visibility.HIDDEN
    )


def result_json(result: Result) -> bytes:
    """A result as it is written to `results/<student>.json`: indented, the same bytes for the same result."""
    return msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n"


def result_schema() -> bytes:
    """The JSON schema of what `result_json` writes."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Result)), indent=2) + b"\n"


def number(points: float) -> str:
    """Points as people write them: `2`, `1.5`, `0.3333`."""
    return f"{round(points, 4):.12g}"


def _plain(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula."""
    line = " ".join(text.splitlines())
    return f"'{line}" if line.lstrip().startswith(FORMULA) else line
