"""What the course's policy does to the sum of a student's units: weights, units that are dropped, lateness."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from math import ceil, fsum

from autograder.model.course import Course
from autograder.model.ids import UnitId
from autograder.model.language import sentence
from autograder.model.policy import LateRule, Policy
from autograder.model.result import Adjustment, UnitScore
from autograder.model.submission import Receipt

_WEIGHT = sentence("{unit} counts {weight} times")
_DROPPED = sentence("{unit}, of which the smallest share was earned, does not count")
_LATE = sentence("handed in late: {percent} percent less")
_DAYS_LATE = sentence("handed in after the deadline, on day {days}: {percent} percent less")
_DAY = timedelta(days=1)
_DIGITS = 6  # of points, so that a share of them reads as people would write it


def adjustments(
    units: Sequence[UnitScore], course: Course, receipt: Receipt, waiting: Collection[UnitId]
) -> tuple[Adjustment, ...]:
    """What is added to the sum of the units and what is taken off, in the order in which it happens.

    Weights come first; then the lowest units are dropped, none of those that wait to be graded; then lateness takes
    its share of what is left.
    """
    policy = course.policy
    changes = [*_weights(units, policy), *_drops(units, policy, waiting)]
    earned = fsum((*(unit.score for unit in units), *(change.points for change in changes)))
    return (*changes, *_lateness(max(0.0, earned), receipt, policy.late))


def _weights(units: Sequence[UnitScore], policy: Policy) -> Iterator[Adjustment]:
    for unit in units:
        if (more := policy.weights.get(unit.id, 1.0) - 1) and unit.max_score:
            values = {"unit": unit.id, "weight": f"{more + 1:g}"}
            yield _change(_WEIGHT, values, more * unit.score, more * unit.max_score)


def _drops(units: Sequence[UnitScore], policy: Policy, waiting: Collection[UnitId]) -> Iterator[Adjustment]:
    graded = [unit for unit in units if unit.max_score and unit.id not in waiting]
    lowest = sorted(graded, key=lambda unit: unit.score / unit.max_score)[: min(policy.drop_lowest, len(graded) - 1)]
    for unit in lowest if graded else ():
        weight = policy.weights.get(unit.id, 1.0)
        yield _change(_DROPPED, {"unit": unit.id}, -weight * unit.score, -weight * unit.max_score)


def _lateness(earned: float, receipt: Receipt, rule: LateRule) -> Iterator[Adjustment]:
    days = _days(receipt, rule)
    percent = rule.percent if days is None else min(days * rule.percent_per_day, rule.at_most_percent)
    is_late = receipt.is_late if days is None else days > 0
    if is_late and percent:
        values = {"percent": f"{percent:g}"} if days is None else {"days": str(days), "percent": f"{percent:g}"}
        yield _change(_LATE if days is None else _DAYS_LATE, values, -earned * percent / 100, 0.0)


def _days(receipt: Receipt, rule: LateRule) -> int | None:
    """How many days after the deadline had begun; None where that can't be said."""
    if rule.due is None or receipt.received_at is None:
        return None
    return max(0, ceil((receipt.received_at - rule.due - timedelta(hours=rule.grace_hours)) / _DAY))


def _change(message: str, values: dict[str, str], points: float, max_points: float) -> Adjustment:
    return Adjustment(
        message=message, values=values, points=round(points, _DIGITS), max_points=round(max_points, _DIGITS)
    )
