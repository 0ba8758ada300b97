"""The class's page: how scores are spread, which exercises are hard, what many did wrong, and everybody's row."""

from __future__ import annotations

from collections import defaultdict
from statistics import mean, median
from typing import TYPE_CHECKING

from autograder.model.check import Check, Visibility
from autograder.model.ids import ExerciseId, Language, StudentId, UnitId
from autograder.model.record import Record
from autograder.model.submission import Severity
from autograder.model.verdict import Outcome
from autograder.report.pages import page, percent
from autograder.report.points import ungraded_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.model.course import Course
    from autograder.model.result import CheckScore, Result

BINS = 10
MAX_DIFFERENCES = 25  # the commonest; below them each is one student's own
MAX_NAMED = 40  # students named beside a difference


class Bin(Record, frozen=True):
    """How many students have a total from `low` up to, but not with, `high` percent; the last has its end."""

    low: int
    high: int
    count: int


class ExerciseRate(Record, frozen=True):
    """How many students pass every graded check of an exercise, of those whose checks are all graded."""

    id: ExerciseId
    unit: str
    passed: int
    graded: int


class Shared(Record, frozen=True):
    """A first difference, who has it, and in which exercises."""

    cause: str
    title: str  # of the first check that shows it
    exercises: tuple[ExerciseId, ...]
    students: tuple[StudentId, ...]


class Row(Record, frozen=True):
    """One student's row; a score is None while it isn't graded."""

    student: StudentId
    units: tuple[float | None, ...]
    score: float | None
    max_score: float
    problems: int


def class_page(
    results: Sequence[Result],
    checks: Sequence[Check],
    course: Course,
    *,
    links: Mapping[StudentId, str] | None = None,
    language: str = "en",
) -> str:
    """The page of a whole class; `links` lead to the students' pages, relative to this one."""
    rows = [_row(result, course) for result in results]
    shares = [percent(row.score, row.max_score) for row in rows if row.score is not None]
    return page(
        "class.html.jinja",
        language,
        course=course.title[Language(language)],
        units=[(unit.id, unit.title[Language(language)], _unit_max(results, unit.id)) for unit in course.units],
        rows=rows,
        links=links or {},
        bins=bins_of(shares),
        mean=round(mean(shares)) if shares else None,
        median=round(median(shares)) if shares else None,
        full=shares.count(100),
        ungraded=len(rows) - len(shares),
        exercises=exercise_rates(results, course, language),
        differences=shared_differences(results, checks)[:MAX_DIFFERENCES],
        max_named=MAX_NAMED,
    )


def bins_of(shares: Sequence[int]) -> list[Bin]:
    """Totals in percent, counted in ten equal steps."""
    width = 100 // BINS
    places = [min(share // width, BINS - 1) for share in shares]
    return [Bin(low=place * width, high=(place + 1) * width, count=places.count(place)) for place in range(BINS)]


def exercise_rates(results: Sequence[Result], course: Course, language: str = "en") -> list[ExerciseRate]:
    """Every exercise that carries points, in course order."""
    passed: dict[ExerciseId, int] = defaultdict(int)
    graded: dict[ExerciseId, int] = defaultdict(int)
    for result in results:
        outcomes: dict[ExerciseId, set[Outcome]] = defaultdict(set)
        for check in result.checks:
            if check.visibility is Visibility.HIDDEN:
                outcomes[check.exercise].add(check.outcome)
        for exercise, seen in outcomes.items():
            graded[exercise] += Outcome.UNGRADED not in seen
            passed[exercise] += seen == {Outcome.PASSED}
    titles = {unit.id: unit.title[Language(language)] for unit in course.units}
    return [
        ExerciseRate(id=each.id, unit=titles[each.unit], passed=passed[each.id], graded=graded[each.id])
        for each in course.exercises
        if each.id in graded
    ]


def shared_differences(results: Sequence[Result], checks: Sequence[Check]) -> list[Shared]:
    """What students' exercises stumble over first, the commonest first.

    Of each student's exercise only the first failing check counts: what follows is mostly its consequence.
    """
    titles = {check.id: check.title for check in checks}
    failures: dict[str, list[tuple[StudentId, CheckScore]]] = defaultdict(list)
    for result in results:
        for check in _first_failures(result):
            failures[check.cause or titles.get(check.id, check.id)].append((result.student, check))
    shared = [
        Shared(
            cause=cause,
            title=titles.get(seen[0][1].id, seen[0][1].id),
            exercises=tuple(dict.fromkeys(check.exercise for _, check in seen)),
            students=tuple(dict.fromkeys(student for student, _ in seen)),
        )
        for cause, seen in failures.items()
    ]
    return sorted(shared, key=lambda each: -len(each.students))


def _first_failures(result: Result) -> list[CheckScore]:
    """The first check of each exercise that did not pass through the student's doing."""
    found: dict[ExerciseId, CheckScore] = {}
    for check in result.checks:
        if check.outcome not in {Outcome.PASSED, Outcome.UNGRADED, Outcome.NOT_RUN}:
            found.setdefault(check.exercise, check)
    return list(found.values())


def _row(result: Result, course: Course) -> Row:
    """A student's row, a column for every unit of the course."""
    open_units = ungraded_units(result)
    scores = {unit.id: unit.score for unit in result.units if unit.id not in open_units}
    return Row(
        student=result.student,
        units=tuple(scores.get(unit.id) for unit in course.units),
        score=None if open_units else result.score,
        max_score=result.max_score,
        problems=sum(finding.severity is Severity.PROBLEM for finding in result.findings),
    )


def _unit_max(results: Sequence[Result], unit: UnitId) -> float:
    """What can be had in a unit."""
    return max((score.max_score for result in results for score in result.units if score.id == unit), default=0.0)
