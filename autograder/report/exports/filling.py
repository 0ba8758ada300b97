"""Grades put into a column of a table that a learning platform wrote; every other cell stays what it was."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.model.directory import Directory, number_at_end
from autograder.model.errors import UsageError
from autograder.model.ids import Language
from autograder.model.mark import Action
from autograder.model.record import Record
from autograder.report.exports.lines import lines
from autograder.report.points import number, ungraded_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from autograder.model.ids import StudentId
    from autograder.model.result import Result
    from autograder.model.sheet import Sheet


_MOST_TOLD = 20  # students who are not in the table


class Column(Record, frozen=True):
    """Where the grades go."""

    place: int  # of the column, counted from 0
    names: tuple[int, ...]  # the columns that say who a row is about
    rows: tuple[int, ...]  # the students' rows, counted from 0
    maximum: float | None  # what the platform has as the highest grade
    fixed: frozenset[str] = frozenset()  # cells that are no grade and stay: "EX"
    excused: str | None = None  # what stands there for who is excused from all; None where the platform has no word
    participants: int | None = None  # the column whose cells end in a number that names the student
    comments: int | None = None  # the column for what is said by hand, as HTML; None where the table has none


class Filled(Record, frozen=True):
    """The table with grades in it, and what the instructor should know."""

    data: bytes
    notices: tuple[str, ...]


def fill(
    sheet: Sheet,
    column: Column,
    results: Iterable[Result],
    *,
    is_scaled: bool = False,
    names: Mapping[StudentId, Sequence[str]] | None = None,
) -> Filled:
    """The table with each result in its student's row.

    `is_scaled` makes grades the same share of the table's maximum as the score is of the course's; `names` are other
    names of students. What isn't fully graded leaves the cell as it was, and so does a comment that is already there;
    who is excused from all is never given a zero.

    Raises:
        UsageError: two results belong to one row, or there is no maximum to scale to.
    """
    if column.maximum is None and is_scaled:
        raise UsageError(
            "the table does not say the highest grade, so that nothing can be scaled to it: leave --scale out"
        )
    directory = Directory([_names(sheet.rows[row], column) for row in column.rows])
    rows = [list(row) for row in sheet.rows]
    taken: dict[int, StudentId] = {}
    unknown: list[StudentId] = []
    notices: list[str] = []
    most, silent = 0.0, 0  # points of the course; students of whom something is said that has no column
    for result in results:
        most = max(most, result.max_score)
        silent += column.comments is None and bool(_said(result))
        found = directory.find(result.student, *(names or {}).get(result.student, ()))
        if found is None:
            unknown.append(result.student)
            continue
        _take(taken, found, result.student)
        row = rows[column.rows[found]]
        notices += [*_put(row, result, column, is_scaled=is_scaled), *_comment(row, result, column)]
    notices = [*_about_maximum(column, most, is_scaled=is_scaled), *notices, *_about_unknown(unknown)]
    if silent:
        notices.append(f"the table has no known column for comments by hand; students who have some: {silent}")
    if without := len(column.rows) - len(taken):
        notices.append(f"{without} of the table's {len(column.rows)} students have no result, left as they were")
    return Filled(data=replace(sheet, rows=tuple(map(tuple, rows))).written(), notices=tuple(notices))


def decimal(cell: str) -> float | None:
    """A cell's number, whichever sign its language has before the decimals; None if it is no number."""
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None


def _take(taken: dict[int, StudentId], row: int, student: StudentId) -> None:
    """Note whose row it is."""
    if taken.setdefault(row, student) != student:
        raise UsageError(
            f"{taken[row]} and {student} belong to one row of the table: give them names of which each finds a row of"
            " its own, for instance with --roster; where one is an earlier name of the other, move its file out of the"
            " run's results/"
        )


def _put(row: list[str], result: Result, column: Column, *, is_scaled: bool) -> list[str]:
    """Put a result into its row; what is to be said where that is not possible."""
    row += [""] * (column.place + 1 - len(row))
    if ungraded_units(result):
        return [f"{result.student}: not fully graded yet, left as it was"]
    if (fixed := row[column.place].strip()) in column.fixed:
        return [f"{result.student}: the table has {fixed} instead of a grade, left so"]
    if _is_excused(result) and not result.max_score:
        return _excuse(row, result, column)
    share = (column.maximum or 0.0) / result.max_score if is_scaled and result.max_score else 1.0
    row[column.place] = number(result.score * share)
    if _is_excused(result) and not is_scaled:
        most = number(result.max_score)
        return [f"{result.student}: excused from a part, has points of {most}; --scale makes them a share of all"]
    return []


def _excuse(row: list[str], result: Result, column: Column) -> list[str]:
    """Put the table's word for who is excused from everything; what is to be said where it has none."""
    if column.excused is None:
        return [f"{result.student}: excused, for which the table has no word: left as it was"]
    row[column.place] = column.excused
    return []


def _is_excused(result: Result) -> bool:
    return any(mark.action is Action.EXCUSED for mark in result.marks)


def _comment(row: list[str], result: Result, column: Column) -> list[str]:
    """Put what is said by hand into its row, unless somebody wrote there before."""
    said = _said(result)
    if column.comments is None or not said:
        return []
    row += [""] * (column.comments + 1 - len(row))
    before = row[column.comments].strip()
    if before and before != said:
        return [f"{result.student}: the table has another comment, left so; what was said by hand is not in it"]
    row[column.comments] = said
    return []


def _said(result: Result) -> str:
    """What is said of a result by hand, as HTML; empty where nothing is."""
    if not any(mark.comment for mark in result.marks):
        return ""
    told = [f"{line.name}: {comment}" for line in lines(result, Language("en")) for comment in line.comments]
    return "<br>".join(escape(each).replace("\n", "<br>") for each in told)


def _about_unknown(students: Sequence[StudentId]) -> list[str]:
    """Who is not in the table; of many, which may be another class's, not all are told."""
    told = [f"{each}: no row names this student, whose grade is not in the table" for each in students[:_MOST_TOLD]]
    more = len(students) - _MOST_TOLD
    return [*told, f"and so for {more} more; --roster can give their other names"] if more > 0 else told


def _about_maximum(column: Column, most: float, *, is_scaled: bool) -> list[str]:
    if is_scaled or column.maximum in {None, most}:
        return []
    both = f"the table's highest grade is {number(column.maximum or 0.0)}, the course's {number(most)}"
    return [f"{both}: points are written as they are; --scale makes them a share of the table's"]


def _names(row: Sequence[str], column: Column) -> list[str]:
    """All cells by which a row may be known."""
    number = [] if column.participants is None else [number_at_end(_cell(row, column.participants))]
    return [*(_cell(row, place) for place in column.names), *number]


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
