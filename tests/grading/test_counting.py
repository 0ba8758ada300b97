"""Which attempt counts."""

from datetime import UTC, datetime

import pytest

from autograder.gradebook.attempt import Attempt
from autograder.grading.counting import counted
from autograder.model.policy import Counted


def attempts(*digests):
    """Attempts on submissions, the oldest first."""
    return [
        Attempt(
            id=number,
            student="ada",
            submission_digest=digest,
            course_digest="c",
            level="none",
            seed=1,
            verdicts=(),
            findings=(),
            graded_at=datetime(2026, 3, 1, tzinfo=UTC),
        )
        for number, digest in enumerate(digests)
    ]


@pytest.mark.parametrize(
    ("digests", "points", "last", "best"),
    [
        ("a", [1], 0, 0),
        ("abc", [1, 5, 3], 2, 1),
        ("abc", [5, 3, 5], 2, 2),  # of equals the later
        ("aab", [9, 2, 3], 2, 2),  # graded again: the first grading of `a` is no longer true
        ("aba", [1, 3, 5], 2, 2),
    ],
)
def test_the_last_or_the_best_counts(digests, points, last, best):
    """Of one submission its newest grading."""
    all_of_them = attempts(*digests)
    assert counted(all_of_them, Counted.LAST, lambda each: points[each.id]).id == last
    assert counted(all_of_them, Counted.BEST, lambda each: points[each.id]).id == best
