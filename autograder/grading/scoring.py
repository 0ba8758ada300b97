"""Verdicts become a score. Pure: the same verdicts give the same record.

A check counts its points when it passed, nothing otherwise; of an exercise whose answer was given out, the share that
the course allows. One that is ungraded has `points` null; its unit and the total hold what is known so far, the maximum
stays what it is, and a finding says how many points are still open.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from msgspec.structs import replace

from autograder.checks.words import words
from autograder.grading.released import shares
from autograder.model.check import Check, Visibility
from autograder.model.course import Course, Unit
from autograder.model.ids import ExerciseId, Language, StudentId
from autograder.model.language import sentence, translate
from autograder.model.result import CheckScore, FindingLine, Result, UnitScore
from autograder.model.submission import Finding, Severity
from autograder.model.verdict import Outcome, Verdict

ENGLISH = Language("en")
_OPEN = sentence("points still open: {points}, of checks that could not be graded, through no fault of the student")


def score(  # noqa: PLR0913 - each is a thing of its own
    student: StudentId,
    verdicts: Iterable[Verdict],
    checks: Sequence[Check],
    course: Course,
    *,
    findings: Iterable[Finding] = (),
    level: str,
    language: Language = ENGLISH,
) -> Result:
    """A student's result: all units of the course, and one line for each check that has a verdict.

    Causes and findings are in `language`; titles are the checks' own.
    """
    known, findings = {check.id: check for check in checks}, tuple(findings)
    lines = tuple(_line(known[verdict.check], verdict, course, language) for verdict in verdicts)
    lines = tuple(_shared(line, shares(findings, course)) for line in lines)
    units = tuple(_unit_score(unit, [line for line in lines if line.unit == unit.id]) for unit in course.units)
    return Result(
        student=student,
        score=_earned(lines),
        max_score=fsum(line.max_points for line in lines),
        units=units,
        checks=lines,
        findings=(*(_finding_line(finding, language) for finding in findings), *_open_points(lines, language)),
        level=level,
    )


def _line(check: Check, verdict: Verdict, course: Course, language: Language) -> CheckScore:
    points: float | None = check.points if verdict.outcome is Outcome.PASSED else 0.0
    return CheckScore(
        id=check.id,
        exercise=check.exercise,
        unit=course.exercise(check.exercise).unit,
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


def _unit_score(unit: Unit, lines: Sequence[CheckScore]) -> UnitScore:
    return UnitScore(id=unit.id, score=_earned(lines), max_score=fsum(line.max_points for line in lines))


def _earned(lines: Iterable[CheckScore]) -> float:
    return fsum(line.points or 0.0 for line in lines)


def _finding_line(finding: Finding, language: Language) -> FindingLine:
    message = translate(finding.message, language, {"file": finding.file, **finding.values})
    return FindingLine(severity=finding.severity, file=finding.file, message=message)


def _open_points(lines: Iterable[CheckScore], language: Language) -> Iterable[FindingLine]:
    """A finding where checks that carry points are ungraded."""
    waiting = [line for line in lines if line.points is None and line.visibility is Visibility.HIDDEN]
    if waiting:
        points = fsum(line.max_points for line in waiting)
        message = translate(_OPEN, language, {"points": f"{points:g}"})
        yield FindingLine(severity=Severity.PROBLEM, file="", message=message)
