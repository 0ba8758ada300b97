"""Verdicts, marks by hand and the course's policy become a score. Pure: the same of these give the same record.

A check counts its points when it passed, nothing otherwise; of an exercise whose answer was given out, the share that
the course allows. A mark takes the place of all that. A check that is ungraded, and has no mark, has `points` null; its
unit and the total hold what is known so far, the maximum stays what it is, and a finding says how many points are still
open.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from msgspec.structs import replace

from autograder.checks.words import words
from autograder.grading.adjusting import adjustments
from autograder.grading.released import shares
from autograder.model.check import Check, Visibility
from autograder.model.course import Course, Unit
from autograder.model.ids import ExerciseId, Language, StudentId, UnitId
from autograder.model.language import sentence, translate
from autograder.model.mark import Action, Mark, in_effect
from autograder.model.result import CheckScore, FindingLine, Result, UnitScore
from autograder.model.submission import Finding, Receipt, Severity
from autograder.model.verdict import Outcome, Verdict

ENGLISH = Language("en")
_OPEN = sentence("points still open: {points}, of checks that could not be graded, through no fault of the student")

NEWEST_OPEN = sentence(
    "the newest attempt could not be graded, through no fault of the student: until it is, one that was graded before"
    " counts"
)


def score(  # noqa: PLR0913 - each is a thing of its own
    student: StudentId,
    verdicts: Iterable[Verdict],
    checks: Sequence[Check],
    course: Course,
    *,
    findings: Iterable[Finding] = (),
    marks: tuple[Mark, ...] = (),
    receipt: Receipt = Receipt(),  # noqa: B008 - frozen
    level: str,
    language: Language = ENGLISH,
) -> Result:
    """A student's result: all units of the course, and one line for each check that has a verdict.

    `marks` are all of the student's, the oldest first. Causes and findings are in `language`; titles are the checks'
    own, adjustments' messages English.
    """
    known, findings, verdicts = {check.id: check for check in checks}, tuple(findings), tuple(verdicts)
    unit_of = {exercise.id: exercise.unit for exercise in course.exercises}
    targets = {verdict.check for verdict in verdicts} | unit_of.keys() | {unit.id for unit in course.units}
    marks = tuple(mark for mark in in_effect(marks) if mark.target in targets)  # of what the course still has
    actions: Mapping[str, Mark] = {mark.target: mark for mark in marks}
    earned = shares(findings, course)
    own = ((known[verdict.check], verdict) for verdict in verdicts)
    lines = tuple(
        _marked(_shared(_line(check, verdict, unit_of[check.exercise], language), earned), actions)
        for check, verdict in own
    )
    units = tuple(_unit_score(unit, lines, marks) for unit in course.units)
    waiting = {line.unit for line in lines if _is_open(line)}
    changes = adjustments(units, course, receipt, waiting)
    return Result(
        student=student,
        score=fsum((*(unit.score for unit in units), *(change.points for change in changes))),
        max_score=fsum((*(unit.max_score for unit in units), *(change.max_points for change in changes))),
        units=units,
        checks=lines,
        findings=(*(_finding_line(finding, language) for finding in findings), *_open_points(lines, language)),
        level=level,
        attempt=receipt.number,
        marks=marks,
        adjustments=changes,
        is_earlier=any(finding.message == NEWEST_OPEN for finding in findings),
    )


def _line(check: Check, verdict: Verdict, unit: UnitId, language: Language) -> CheckScore:
    points: float | None = check.points if verdict.outcome is Outcome.PASSED else 0.0
    return CheckScore(
        id=check.id,
        exercise=check.exercise,
        unit=unit,
        visibility=check.visibility,
        points=None if verdict.outcome is Outcome.UNGRADED else points,
        max_points=check.points,
        outcome=verdict.outcome,
        cause=words(verdict.cause, language) if verdict.cause else None,
        title=check.title,
    )


def _shared(line: CheckScore, shares: Mapping[ExerciseId, float]) -> CheckScore:
    """The line of a check with what is left of its points where the exercise's answer was given out."""
    share = shares.get(line.exercise, 1.0)
    return line if share == 1 or line.points is None else replace(line, points=line.points * share)


def _marked(line: CheckScore, actions: Mapping[str, Mark]) -> CheckScore:
    """The line of a check with what marks, by what they are on, make of its points."""
    if not actions:
        return line
    if any(name in actions and actions[name].action is Action.EXCUSED for name in (line.id, line.exercise, line.unit)):
        return replace(line, points=0.0, max_points=0.0)
    mark = actions.get(line.id)
    return line if mark is None else replace(line, points=mark.points)


def _unit_score(unit: Unit, lines: Iterable[CheckScore], marks: Iterable[Mark]) -> UnitScore:
    """What a unit's checks have, and marks that stand beside them."""
    parts = {unit.id, *(exercise.id for exercise in unit.exercises)}
    beside = [mark for mark in marks if mark.target in parts and mark.action is Action.GIVEN]
    own = [line for line in lines if line.unit == unit.id]
    return UnitScore(
        id=unit.id,
        score=fsum((*(line.points or 0.0 for line in own), *(mark.points for mark in beside))),
        max_score=fsum((*(line.max_points for line in own), *(mark.out_of for mark in beside))),
    )


def _finding_line(finding: Finding, language: Language) -> FindingLine:
    message = translate(finding.message, language, {"file": finding.file, **finding.values})
    return FindingLine(severity=finding.severity, file=finding.file, message=message)


def _open_points(lines: Iterable[CheckScore], language: Language) -> Iterable[FindingLine]:
    """A finding where checks that carry points are ungraded."""
    waiting = [line for line in lines if _is_open(line)]
    if waiting:
        points = fsum(line.max_points for line in waiting)
        message = translate(_OPEN, language, {"points": f"{points:g}"})
        yield FindingLine(severity=Severity.FAULT, file="", message=message)


def _is_open(line: CheckScore) -> bool:
    return line.points is None and line.visibility is Visibility.HIDDEN
