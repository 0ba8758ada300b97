"""The class's page: how scores are spread, which exercises are hard, what many did wrong, and everybody's row."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from statistics import mean, median
from typing import TYPE_CHECKING

from autograder.checks.words import words
from autograder.model.check import Visibility
from autograder.model.ids import ExerciseId, StudentId
from autograder.model.record import Record
from autograder.model.verdict import Outcome
from autograder.report.pages import page, parameters, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.report.failures import Failures, Group
    from autograder.report.roll import Roll
    from autograder.report.site import Site

BINS = 10
MAX_GROUPS = 25  # the largest; below them each is one student's own
MAX_NAMED = 40  # students named in a group


class Bin(Record, frozen=True):
    """How many students have a total from `low` up to, but not with, `high` percent; the last has its end."""

    low: int
    high: int
    count: int


class CheckRate(Record, frozen=True):
    """How many students pass a check, of those for whom it has an outcome."""

    title: str
    parameters: str
    page: str | None
    is_hidden: bool
    passed: int
    total: int


class ExerciseRate(Record, frozen=True):
    """How many students pass every graded check of an exercise, of those whose checks are all graded."""

    id: ExerciseId
    unit: str
    passed: int
    graded: int
    unwritten: int  # students who have not written it yet
    checks: tuple[CheckRate, ...]


class Misunderstood(Record, frozen=True):
    """Students who stumble over an exercise alike, and what they probably believe."""

    exercise: ExerciseId
    says: str  # empty where the course knows no such misunderstanding
    sentence: str  # the first difference of one of them; empty for those who each differ in a way of their own
    title: str  # of the check that sees it
    page: str | None
    students: tuple[StudentId, ...]


def class_page(roll: Roll, site: Site) -> str:
    """The page of a whole class."""
    language = site.language
    shares = [percent(row.score, row.max_score) for row in roll.rows if row.score is not None]
    return page(
        "class.html.jinja",
        language,
        site=site,
        units=[(unit.id, unit.title[language], roll.most.get(unit.id, 0.0)) for unit in site.course.units],
        rows=roll.rows,
        bins=bins_of(shares),
        mean=round(mean(shares)) if shares else None,
        median=round(median(shares)) if shares else None,
        full=shares.count(100),
        ungraded=len(roll.rows) - len(shares),
        exercises=[(unit, list(rates)) for unit, rates in groupby(exercise_rates(roll, site), attrgetter("unit"))],
        misunderstood=misunderstood(roll.failures, site)[:MAX_GROUPS],
        max_named=MAX_NAMED,
    )


def bins_of(shares: Sequence[int]) -> list[Bin]:
    """Totals in percent, counted in ten equal steps."""
    width = 100 // BINS
    places = [min(share // width, BINS - 1) for share in shares]
    return [Bin(low=place * width, high=(place + 1) * width, count=places.count(place)) for place in range(BINS)]


def exercise_rates(roll: Roll, site: Site) -> list[ExerciseRate]:
    """Every exercise that carries points, in course order."""
    titles = {unit.id: unit.title[site.language] for unit in site.course.units}
    return [
        ExerciseRate(
            id=each.id,
            unit=titles[each.unit],
            passed=roll.passed[each.id],
            graded=roll.graded[each.id],
            unwritten=roll.failures.unwritten(each.id),
            checks=_checks(each.id, roll.failures, site),
        )
        for each in site.course.exercises
        if each.id in roll.graded
    ]


def misunderstood(failures: Failures, site: Site) -> list[Misunderstood]:
    """What students' exercises stumble over first, the commonest first."""
    return [_misunderstood(group, site) for group in failures.groups()]


def _misunderstood(group: Group, site: Site) -> Misunderstood:
    cause = group.verdict.cause if group.verdict else None
    title = site.translate(group.check.title)
    return Misunderstood(
        exercise=group.check.exercise,
        says=group.known.says.get(site.language, "") if group.known else "",
        sentence=words(cause, site.language) if cause else title if group.verdict else "",
        title=title,
        page=site.check_pages.get(group.check.id),
        students=tuple(group.students),
    )


def _checks(exercise: ExerciseId, failures: Failures, site: Site) -> tuple[CheckRate, ...]:
    """The checks of an exercise, those with points first."""
    checks = [check for check in site.checks if check.exercise == exercise]
    return tuple(
        CheckRate(
            title=site.translate(check.title),
            parameters=parameters(check.id),
            page=site.check_pages.get(check.id),
            is_hidden=check.visibility is Visibility.HIDDEN,
            passed=failures.outcomes(check.id).get(Outcome.PASSED, 0),
            total=sum(failures.outcomes(check.id).values()),
        )
        for check in sorted(checks, key=lambda check: check.visibility is Visibility.PUBLIC)
    )
