"""The policy adjusts the sum of the units; each rule by itself, and all together."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from autograder.grading.adjusting import adjustments
from autograder.model.policy import LateRule, Policy
from autograder.model.result import UnitScore
from autograder.model.submission import Receipt

DUE = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
UNITS = tuple(
    UnitScore(id=name, score=score, max_score=most) for name, score, most in (("a", 5, 10), ("b", 9, 10), ("c", 2, 20))
)
IN_TIME, LATE = Receipt(), Receipt(is_late=True)


@pytest.fixture
def changed(course):
    """What a policy makes of three units: each sentence with its points and most points."""

    def run(policy, receipt=IN_TIME, waiting=(), units=UNITS):
        found = adjustments(units, replace(course, policy=policy), receipt, waiting)
        return [(str(each), each.points, each.max_points) for each in found]

    return run


def received(**after):
    """A submission that came so long after the deadline."""
    return Receipt(received_at=DUE + timedelta(**after))


def test_without_a_policy_nothing_changes(changed):
    """Not even for what came late."""
    assert changed(Policy(), LATE) == []


def test_a_weight_counts_a_unit_so_often(changed):
    """Half a unit is half less; one that is named with 1 is as it was, and so is one without points."""
    units = (*UNITS, UnitScore(id="d", score=0, max_score=0))
    assert changed(Policy(weights={"a": 2, "b": 0.5, "c": 1, "d": 3}), units=units) == [
        ("a counts 2 times", 5, 10),
        ("b counts 0.5 times", -4.5, -5),
    ]


def test_the_smallest_share_is_dropped(changed):
    """Not the fewest points: 2 of 20 is less than 5 of 10. What was weighted is dropped with its weight."""
    policy = Policy(drop_lowest=1, weights={"c": 2})
    assert changed(policy)[-1] == ("c, of which the smallest share was earned, does not count", -4, -40)


def test_a_unit_that_waits_to_be_graded_is_not_dropped(changed):
    """Its share is not known yet; and one unit stays, whatever the rule says."""
    assert [text[0] for text, _, _ in changed(Policy(drop_lowest=1), waiting={"c"})] == ["a"]
    assert changed(Policy(drop_lowest=2), waiting={"a", "b", "c"}) == []
    assert len(changed(Policy(drop_lowest=2), waiting={"c"})) == 1


@pytest.mark.parametrize(
    ("receipt", "told"),
    [
        (received(seconds=0), []),
        (received(hours=1), []),  # within the grace
        (received(hours=1, seconds=1), [("handed in after the deadline, on day 1: 10 percent less", -1.6, 0)]),
        (received(days=1, hours=1), [("handed in after the deadline, on day 1: 10 percent less", -1.6, 0)]),
        (received(days=2), [("handed in after the deadline, on day 2: 20 percent less", -3.2, 0)]),
        (received(days=30), [("handed in after the deadline, on day 30: 50 percent less", -8, 0)]),
        (Receipt(is_late=True), [("handed in late: 25 percent less", -4, 0)]),
        (Receipt(), []),
    ],
)
def test_lateness_takes_a_share_of_what_was_earned(changed, receipt, told):
    """By the day where the platform says when it came, once where it says only that it was late."""
    rule = LateRule(due=DUE, grace_hours=1, percent_per_day=10, at_most_percent=50, percent=25)
    assert changed(Policy(late=rule), receipt) == told


def test_lateness_comes_last(changed):
    """It takes its share of what weights and drops have left."""
    policy = Policy(drop_lowest=1, weights={"a": 2}, late=LateRule(percent=50))
    assert [points for _, points, _ in changed(policy, LATE)] == [5, -2, -9.5]
