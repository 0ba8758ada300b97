"""A class gathered student by student, as its pages and tables need it: what is left of a result is one row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from autograder.model.check import Visibility
from autograder.model.ids import ExerciseId, StudentId, UnitId
from autograder.model.record import Record
from autograder.model.submission import Severity
from autograder.model.verdict import Outcome
from autograder.report.failures import Failures
from autograder.report.points import ungraded_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from autograder.model.check import Check
    from autograder.model.misunderstanding import Misunderstanding
    from autograder.model.result import Result
    from autograder.model.verdict import Verdict


class Row(Record, frozen=True):
    """One student's row; a score is None while it isn't graded."""

    student: StudentId
    score: float | None
    max_score: float
    units: dict[UnitId, float | None]
    problems: int
    is_earlier: bool = False  # the newest attempt could not be graded, and this is one that was before


class Roll:
    """The rows of a class and what its students' checks come to. Memory grows with rows, not with checks or verdicts.

    Attributes:
        rows: in the order in which they were added.
        failures: who fails what, and how.
        passed: how many students pass every graded check of an exercise.
        graded: of how many; those of whom a check is ungraded are not among them.
        most: the points of each unit, excused students apart.
    """

    def __init__(self, checks: Sequence[Check], known: Iterable[Misunderstanding] = ()) -> None:
        self.rows: list[Row] = []
        self.failures = Failures(checks, known)
        self.passed: Counter[ExerciseId] = Counter()
        self.graded: Counter[ExerciseId] = Counter()
        self.most: dict[UnitId, float] = {}

    def add(self, result: Result, verdicts: Sequence[Verdict]) -> None:
        """Take a student in."""
        self.rows.append(row(result))
        self.failures.add(result.student, verdicts)
        for unit in result.units:
            self.most[unit.id] = max(unit.max_score, self.most.get(unit.id, 0.0))
        outcomes: dict[ExerciseId, set[Outcome]] = {}
        for check in result.checks:
            if check.visibility is Visibility.HIDDEN:
                outcomes.setdefault(check.exercise, set()).add(check.outcome)
        self.passed.update(exercise for exercise, seen in outcomes.items() if seen == {Outcome.PASSED})
        self.graded.update({exercise: int(Outcome.UNGRADED not in seen) for exercise, seen in outcomes.items()})


def row(result: Result) -> Row:
    """A result as a row of a table."""
    open_units = ungraded_units(result)
    return Row(
        student=result.student,
        score=None if open_units else result.score,
        max_score=result.max_score,
        units={unit.id: None if unit.id in open_units else unit.score for unit in result.units},
        problems=sum(finding.severity is Severity.PROBLEM for finding in result.findings),
        is_earlier=result.is_earlier,
    )
