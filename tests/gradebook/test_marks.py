"""Marks by hand and releases are appended, and refused where they could mean nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from autograder.gradebook.marks import Release
from autograder.model.errors import UsageError
from autograder.model.mark import Action, Mark
from autograder.model.verdict import Outcome

WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MARK = Mark(student="ada", target="edge::t", points=1.5, comment="see line 3 — 好", by="grace", at=WHEN)


def test_marks_come_back_in_the_order_in_which_they_were_given(gradebook, attempt, course, checks):
    """A later mark and a withdrawal stand beside the first; none is overwritten."""
    for student in ("ada", "bob"):
        gradebook.store(attempt(student))
    given = [
        gradebook.mark(mark, course, checks)
        for mark in (
            MARK,
            replace(MARK, points=0.0),
            replace(MARK, student="bob", target="edge.new", points=-1.0, out_of=0.0),
            replace(MARK, action=Action.WITHDRAWN),
            replace(MARK, target="edge", action=Action.EXCUSED),
        )
    ]
    assert gradebook.marks() == tuple(given)
    assert [each.id for each in given] == sorted(each.id for each in given)
    assert gradebook.marks("bob") == (given[2],)
    assert gradebook.marks_of(["bob", "zoe"]) == {"bob": (given[2],), "zoe": ()}
    assert replace(given[0], id=None) == MARK


def test_the_time_of_a_mark_is_the_same_moment_in_any_zone(gradebook, attempt, course, checks):
    """What was given in Berlin comes back in UTC."""
    gradebook.store(attempt())
    there = WHEN.astimezone(timezone(timedelta(hours=2)))
    gradebook.mark(replace(MARK, at=there), course, checks)
    assert [mark.at for mark in gradebook.marks()] == [WHEN]
    assert gradebook.marks()[0].at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"target": "edge::nothing"}, "no check, exercise or unit of the course is called edge::nothing: name one as"),
        ({"student": "eve"}, "no attempt in the gradebook .* is eve's: name a student as the report does"),
        ({"points": 2.5}, "edge::t has 0 to 2 points, and the mark 2.5: give what it has"),
        ({"points": -0.5}, "edge::t has 0 to 2 points, and the mark -0.5"),
        ({"points": float("nan")}, "nan of 0 points for edge::t are no points: give numbers"),
        ({"out_of": float("inf"), "target": "edge"}, "1.5 of inf points for edge are no points"),
        ({"by": " "}, "the mark of ada for edge::t says not who gives it: give a name"),
    ],
)
def test_a_mark_that_means_nothing_is_refused_and_not_stored(gradebook, attempt, course, checks, changes, told):
    """Every grade and mark that was given stays."""
    stored = gradebook.store(attempt())
    before = gradebook.mark(MARK, course, checks)
    with pytest.raises(UsageError, match=told):
        gradebook.mark(replace(MARK, **changes), course, checks)
    assert gradebook.marks() == (before,)
    assert list(gradebook.latest()) == [stored]


def test_releases_are_kept_one_after_the_other(gradebook, attempt):
    """A feedback that was released, withdrawn and released again says so three times."""
    first, second = gradebook.store(attempt()), gradebook.store(attempt(outcome=Outcome.FAILED))
    release = Release(student="ada", attempt=first.id, by="grace", at=WHEN)
    withdrawn, again = replace(release, is_withdrawn=True), replace(release, attempt=second.id)
    gradebook.release([release])
    gradebook.release([withdrawn, again])
    assert gradebook.releases() == gradebook.releases("ada") == (release, withdrawn, again)
    assert gradebook.releases("bob") == ()


@pytest.mark.parametrize("foreign", [True, False])
def test_a_release_of_anothers_attempt_releases_nothing(gradebook, attempt, foreign):
    """All of a batch is refused, so that it can be given again as it was."""
    mine, other = gradebook.store(attempt()), gradebook.store(attempt("bob"))
    wrong = other.id if foreign else 999
    releases = [Release(student="ada", attempt=each, by="grace", at=WHEN) for each in (mine.id, wrong)]
    with pytest.raises(UsageError, match=f"attempt {wrong} in the gradebook .* is not ada's: name one that is"):
        gradebook.release(releases)
    assert gradebook.releases() == ()
