"""A student's result: the record written to `results/<student>.json`, from which every report is made."""

from __future__ import annotations

from autograder.model.check import Visibility
from autograder.model.ids import CheckId, ExerciseId, StudentId, UnitId
from autograder.model.mark import Mark
from autograder.model.record import Record
from autograder.model.submission import Severity
from autograder.model.verdict import Outcome


class UnitScore(Record, frozen=True):
    """Points earned in one unit."""

    id: UnitId
    score: float
    max_score: float


class CheckScore(Record, frozen=True):
    """One check's part of the score. `points` is null while a check is ungraded; public checks have no points."""

    id: CheckId
    exercise: ExerciseId
    unit: UnitId
    visibility: Visibility
    points: float | None
    max_points: float
    outcome: Outcome
    cause: str | None  # one English sentence; null when passed
    title: str = ""  # the check's, English


class FindingLine(Record, frozen=True):
    """One thing that intake or the notebook run has to say."""

    severity: Severity
    file: str
    message: str


class Adjustment(Record, frozen=True):
    """What the course's policy does to the sum of the units: points added or, below 0, taken off."""

    message: str  # English with {placeholders}
    points: float
    values: dict[str, str] = {}
    max_points: float = 0.0

    def __str__(self) -> str:
        return self.message.format_map(self.values)


class Result(Record, frozen=True):
    """All that grading says about one student.

    `score` is what the units and the adjustments have together, as `max_score` is. What a mark gives to a check or
    excuses is in that check's line; what one gives beside the checks is in the unit's score alone.
    """

    student: StudentId
    score: float
    max_score: float
    units: tuple[UnitScore, ...]
    checks: tuple[CheckScore, ...]
    findings: tuple[FindingLine, ...]
    level: str  # the isolation that the run had: "namespaces", "uid+landlock" or "none"
    attempt: int = 1  # which of the student's submissions counts, as far as the platform tells
    marks: tuple[Mark, ...] = ()  # by hand, those that count
    adjustments: tuple[Adjustment, ...] = ()
    is_earlier: bool = False  # the newest attempt could not be graded, and this is one that was before
