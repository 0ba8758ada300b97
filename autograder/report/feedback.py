"""What a student is told: a record that has no room for what hidden checks hold or what was found while they ran."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from autograder.checks.words import printed
from autograder.model.check import Visibility
from autograder.model.ids import ExerciseId, Language, StudentId
from autograder.model.language import translate as say
from autograder.model.record import Record
from autograder.model.result import FindingLine, Result, UnitScore
from autograder.model.verdict import Outcome, Verdict
from autograder.report.by_hand import AdjustmentLine, MarkLine, adjustment_lines, mark_lines
from autograder.report.differences import Shown, shown
from autograder.report.pages import parameters
from autograder.report.points import ungraded_units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.model.check import Check
    from autograder.model.course import Course, Exercise, Unit
    from autograder.model.submission import Finding


class PublicCheck(Record, frozen=True):
    """A check that the student has at home, with all that is known of it."""

    title: str
    parameters: str  # "" for a check that has none
    exercise: ExerciseId
    place: str  # "checks/test_node.py:12"
    outcome: Outcome
    why: Shown
    output: str
    hint: str


class HiddenCheck(Record, frozen=True):
    """All that a student learns of hidden checks: title, outcome, hint, and how many were alike in these."""

    title: str
    outcome: Outcome
    hint: str
    count: int


class NextStep(Record, frozen=True):
    """An exercise that doesn't pass yet, where its code is, and the first rung of its hints."""

    exercise: ExerciseId
    target: str  # "mytorch/node.py::Node.name", "lessons/01_first_graph.ipynb::walk"
    hint: str


class FeedbackUnit(Record, frozen=True):
    """One unit; `score` is None while it isn't graded."""

    title: str
    score: float | None
    max_score: float
    lesson: str | None  # "lessons/01_first_graph.ipynb"
    public: tuple[PublicCheck, ...]
    hidden: tuple[HiddenCheck, ...]
    next_steps: tuple[NextStep, ...]


class Feedback(Record, frozen=True):
    """One student's feedback in one language; `score` is None while a part isn't graded."""

    student: StudentId
    course: str
    language: Language
    score: float | None
    max_score: float
    units: tuple[FeedbackUnit, ...]
    findings: tuple[FindingLine, ...]
    marks: tuple[MarkLine, ...] = ()  # by hand: what the instructor says of checks, hidden ones too
    adjustments: tuple[AdjustmentLine, ...] = ()


def feedback(  # noqa: PLR0913 - each is a thing of its own
    result: Result,
    verdicts: Sequence[Verdict],
    checks: Sequence[Check],
    course: Course,
    *,
    findings: Sequence[Finding] = (),
    language: str = "en",
    translate: Callable[[str], str] = str,
) -> Feedback:
    """What to tell a student.

    `findings` are those of intake and of the pass that the student may see, none made from the hidden pass.
    `translate` puts a course's English text (a check's title) into the language.
    """
    writer = _Writer(verdicts, checks, Language(language), translate)
    open_units = ungraded_units(result)
    scores = {unit.id: unit for unit in result.units}
    return Feedback(
        student=result.student,
        course=course.title[Language(language)],
        language=Language(language),
        score=None if open_units else result.score,
        max_score=result.max_score,
        units=tuple(
            writer.unit(unit, scores[unit.id], is_open=unit.id in open_units)
            for unit in course.units
            if unit.id in scores
        ),
        findings=tuple(_finding_line(finding, Language(language)) for finding in findings),
        marks=mark_lines(result.marks, checks, course, Language(language), translate),
        adjustments=adjustment_lines(result.adjustments, Language(language)),
    )


def _finding_line(finding: Finding, language: Language) -> FindingLine:
    """A finding in the student's language."""
    message = say(finding.message, language, {"file": finding.file, **finding.values})
    return FindingLine(severity=finding.severity, file=finding.file, message=message)


class _Writer:
    """Writes units, given all verdicts."""

    def __init__(
        self, verdicts: Sequence[Verdict], checks: Sequence[Check], language: Language, translate: Callable[[str], str]
    ) -> None:
        self.verdicts = {verdict.check: verdict for verdict in verdicts}
        self.checks = [check for check in checks if check.id in self.verdicts]
        self.language = language
        self.translate = translate

    def unit(self, unit: Unit, score: UnitScore, *, is_open: bool) -> FeedbackUnit:
        """One unit."""
        exercises = {exercise.id for exercise in unit.exercises}
        checks = [check for check in self.checks if check.exercise in exercises]
        lesson = f"lessons/{unit.lesson}.ipynb" if unit.lesson else None
        failed = {check.exercise for check in checks if self._outcome(check) is not Outcome.PASSED}
        return FeedbackUnit(
            title=unit.title[self.language],
            score=None if is_open else score.score,
            max_score=score.max_score,
            lesson=lesson,
            public=tuple(self._public(check) for check in checks if check.visibility is Visibility.PUBLIC),
            hidden=self._hidden([check for check in checks if check.visibility is not Visibility.PUBLIC]),
            next_steps=tuple(self._step(exercise, lesson) for exercise in unit.exercises if exercise.id in failed),
        )

    def _outcome(self, check: Check) -> Outcome:
        return self.verdicts[check.id].outcome

    def _hint(self, check: Check) -> str:
        return check.hints.get(self.language, "")

    def _public(self, check: Check) -> PublicCheck:
        verdict = self.verdicts[check.id]
        return PublicCheck(
            title=self.translate(check.title),
            parameters=parameters(check.id),
            exercise=check.exercise,
            place=f"checks/{check.file.rsplit('/', 1)[-1]}:{check.line}",
            outcome=verdict.outcome,
            why=shown(verdict.cause, self.language),
            output=printed(verdict.output, self.language),
            hint=self._hint(check),
        )

    def _hidden(self, checks: Sequence[Check]) -> tuple[HiddenCheck, ...]:
        """Hidden checks by what may be said of them; of their verdicts only the outcome is read."""
        alike = Counter((self.translate(check.title), self._outcome(check), self._hint(check)) for check in checks)
        return tuple(
            HiddenCheck(title=title, outcome=outcome, hint=hint, count=count)
            for (title, outcome, hint), count in alike.items()
        )

    def _step(self, exercise: Exercise, lesson: str | None) -> NextStep:
        ladder = exercise.hints.get(self.language, ())
        target = exercise.target
        is_in_notebook = lesson is not None and target.file.startswith("lessons/")
        place = f"{lesson}::{target.qualname}" if is_in_notebook else str(target)
        return NextStep(exercise=exercise.id, target=place, hint=ladder[0] if ladder else "")
