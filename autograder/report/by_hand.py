"""Marks by hand and what the course's policy does, as pages tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.language import translate as say
from autograder.model.mark import Action
from autograder.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from autograder.model.check import Check
    from autograder.model.course import Course
    from autograder.model.ids import Language
    from autograder.model.mark import Mark
    from autograder.model.result import Adjustment


class MarkLine(Record, frozen=True):
    """A mark as it is read; of a hidden check it has the title alone, since students read it, too."""

    title: str  # of the check or the unit; the exercise's id
    action: Action
    points: float
    most: float
    comment: str
    by: str
    at: str  # "2026-03-01 14:05 UTC"


class AdjustmentLine(Record, frozen=True):
    """What the course's policy does, in words, and the points that it gives or takes."""

    message: str
    points: float


def mark_lines(
    marks: Iterable[Mark],
    checks: Sequence[Check],
    course: Course,
    language: Language,
    translate: Callable[[str], str] = str,
) -> tuple[MarkLine, ...]:
    """Marks in a language, in their order; `translate` puts a check's title into it."""
    most: dict[str, float] = {check.id: check.points for check in checks}
    titles: Mapping[str, str] = {
        **{unit.id: unit.title[language] for unit in course.units},
        **{check.id: translate(check.title) for check in checks},
    }
    return tuple(
        MarkLine(
            title=titles.get(mark.target, mark.target),
            action=mark.action,
            points=mark.points,
            most=most.get(mark.target, mark.out_of),
            comment=mark.comment,
            by=mark.by,
            at=f"{mark.at:%Y-%m-%d %H:%M} UTC",
        )
        for mark in marks
    )


def adjustment_lines(adjustments: Iterable[Adjustment], language: Language) -> tuple[AdjustmentLine, ...]:
    """Adjustments in a language."""
    return tuple(
        AdjustmentLine(message=say(each.message, language, each.values), points=each.points) for each in adjustments
    )
