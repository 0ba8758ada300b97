"""Which attempt counts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace as with_fields

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.store import Gradebook, file_url
from autograder.grading.counting import counted, counted_today, counting_attempt, idle_marks, result_of
from autograder.grading.scoring import NEWEST_OPEN
from autograder.model.check import Visibility
from autograder.model.mark import Action, Mark
from autograder.model.policy import Counted, Policy
from autograder.model.verdict import Cause, Outcome, Verdict


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


# ---- attempts that could not be graded

PASSED, FAILED, OPEN = Outcome.PASSED, Outcome.FAILED, Outcome.UNGRADED


@pytest.fixture
def attempted(plan):
    """Attempts on submissions `a`, `b`, ... of which all checks ended so; `a?` is one with a single ungraded check."""

    def attempt(number, digest, outcome, *, is_half=False):
        outcomes = [outcome] * len(plan.checks)
        if is_half:
            place = next(at for at, check in enumerate(plan.checks) if check.visibility is Visibility.HIDDEN)
            outcomes[place] = OPEN
        verdicts = (
            Verdict(check=check.id, outcome=each, cause=None if each is PASSED else Cause(message="no"))
            for check, each in zip(plan.checks, outcomes, strict=True)
        )
        return with_fields(attempts(digest)[0], id=number, verdicts=tuple(verdicts))

    def make(*told):
        return [
            attempt(number, digest[0], outcome, is_half=digest.endswith("?"))
            for number, (digest, outcome) in enumerate(told, 1)
        ]

    return make


def policy(plan, counts):
    """The plan with another rule."""
    return replace(plan, course=with_fields(plan.course, policy=Policy(counts=counts)))


CASES = [
    ([("a", PASSED)], 1, 1, False),
    ([("a", PASSED), ("b", FAILED)], 2, 1, False),
    ([("a", PASSED), ("b", OPEN)], 1, 1, True),  # another submission
    ([("a", PASSED), ("a", OPEN)], 1, 1, True),  # the same one again
    ([("a", PASSED), ("b?", PASSED)], 1, 1, True),  # a part of it is not known
    ([("a", FAILED), ("b", PASSED), ("c", OPEN), ("d", OPEN)], 2, 2, True),
    ([("a", PASSED), ("b", FAILED), ("c", OPEN)], 2, 1, True),
    ([("a", PASSED), ("b", OPEN), ("c", FAILED)], 3, 1, False),  # it was graded since
    ([("a", OPEN), ("b", OPEN)], 2, 2, False),  # nothing to fall back on
    ([("a?", FAILED)], 1, 1, False),
]


@pytest.mark.parametrize(("told", "last", "best", "is_earlier"), CASES)
def test_what_could_not_be_graded_does_not_hide_what_was(attempted, plan, told, last, best, is_earlier):
    """Under either rule; the one that counts says that a newer one is open."""
    for counts, number in ((Counted.LAST, last), (Counted.BEST, best)):
        chosen = policy(plan, counts)
        counting = counted_today(attempted(*told), chosen, ())
        assert counting.id == number
        assert [each.message for each in counting.findings] == [NEWEST_OPEN] * is_earlier
        result = result_of(chosen, counting)
        assert result.is_earlier is is_earlier
        assert is_earlier is any("the newest attempt could not be graded" in each.message for each in result.findings)


@pytest.mark.parametrize("counts", Counted)
def test_the_gradebook_keeps_what_was_graded_before(attempted, plan, counts, tmp_path):
    """Read from it as from a list; a student without attempts has none."""
    chosen = policy(plan, counts)
    with Gradebook(file_url(tmp_path / "gradebook.db")) as book:
        assert counting_attempt(book, book.last("ada"), chosen, ()) is None
        for attempt in attempted(("a", PASSED), ("b", OPEN)):
            book.store(with_fields(attempt, id=None))
        counting = counting_attempt(book, book.last("ada"), chosen, ())
        assert (counting.submission_digest, len(list(book.of("ada")))) == ("a", 2)
        assert result_of(chosen, counting).score == result_of(chosen, counting).max_score > 0


def test_a_mark_closes_what_could_not_be_graded(attempted, plan):
    """With points by hand the newest attempt's are known, and it counts."""
    check = next(check for check in plan.checks if check.visibility is Visibility.HIDDEN)
    mark = Mark(student="ada", target=check.id, by="Tutor", at=datetime(2026, 3, 1, tzinfo=UTC), points=0.5)
    newest = attempted(("a", FAILED), ("b?", PASSED))
    assert counted_today(newest, plan, ()).id == 1
    hidden = [each for each in plan.checks if each.visibility is Visibility.HIDDEN]
    assert counted_today(newest, plan, (mark,)).id == 2
    assert result_of(plan, counted_today(newest, plan, (mark,)), (mark,)).score == 0.5 + len(hidden) - 1


def test_a_check_that_is_gone_leaves_nothing_open(attempted, plan):
    """An ungraded verdict on it keeps no attempt from counting."""
    check = next(check for check in plan.checks if check.visibility is Visibility.HIDDEN)
    fewer = replace(plan, checks=tuple(each for each in plan.checks if each is not check))
    counting = counted_today(attempted(("a", FAILED), ("b?", PASSED)), fewer, ())
    assert (counting.id, counting.findings) == (2, ())


def test_marks_on_what_the_course_no_longer_has(plan):
    """The last of each student's on each target, unless it was withdrawn."""
    at, check = datetime(2026, 3, 1, tzinfo=UTC), plan.checks[0].id
    given = [("ada", "gone"), ("ada", "gone"), ("ada", check), ("bob", plan.course.units[0].id), ("bob", "gone")]
    marks = [
        Mark(student=student, target=target, by="Tutor", at=at, id=number)
        for number, (student, target) in enumerate(given)
    ]
    assert [mark.id for mark in idle_marks(marks, plan)] == [1, 4]
    withdrawn = with_fields(marks[4], action=Action.WITHDRAWN, id=5)
    assert [mark.id for mark in idle_marks([*marks, withdrawn], plan)] == [1]
