"""What an instructor gives by hand."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from autograder.model.ids import CheckId, ExerciseId, StudentId, UnitId
from autograder.model.record import Record


class Action(StrEnum):
    """What a mark does."""

    GIVEN = "given"  # its points count, whatever the verdict
    EXCUSED = "excused"  # its target counts neither for the student nor against
    WITHDRAWN = "withdrawn"  # the marks before it on the same target no longer count


class Mark(Record, frozen=True):
    """A mark by hand. Of several on one target the last counts.

    On a check, it takes the place of the verdict's points. On an exercise or a unit, it stands beside the checks, for
    what none of them sees, such as an answer in the student's own words: `out_of` is the most that could be had, 0
    for an extra or, with `points` below 0, for what is taken off.
    """

    student: StudentId
    target: CheckId | ExerciseId | UnitId
    by: str
    at: datetime  # aware, UTC
    action: Action = Action.GIVEN
    points: float = 0.0
    out_of: float = 0.0
    comment: str = ""
    id: int | None = None  # its number in the gradebook, which grows with time; None before it is stored


def in_effect(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Of one student's marks, the oldest first, those that count: the last on each target, unless it withdraws."""
    last = {mark.target: mark for mark in marks}
    return tuple(mark for mark in last.values() if mark.action is not Action.WITHDRAWN)
