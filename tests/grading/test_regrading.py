"""Who gains or loses by grading again."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_fields

from autograder.gradebook.store import Gradebook, file_url
from autograder.grading.grader import grade, not_graded
from autograder.grading.regrading import Turn, change_of, regrade
from autograder.grading.run import Run, grade_class
from autograder.grading.sources.discovery import discover
from autograder.model.check import Visibility
from autograder.model.mark import Mark
from autograder.model.result import CheckScore, Result, UnitScore
from autograder.model.verdict import Outcome
from tests.gradebook.conftest import WHEN

MODULE, SECRET = "pocket/purse.py", "test_secret::test_a_secret_coin"


class Here:
    """An executor without workers."""

    def __init__(self, plan, sandbox):
        self.plan, self.sandbox = plan, sandbox

    def grade(self, submissions):
        """Each graded when it is asked for."""
        return (grade(found, self.plan, self.sandbox) for found in submissions)


@pytest.fixture
def out(tmp_path):
    """The folder of a run."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def again(out, sandbox):
    """Grade a class again; the changes."""

    def changes(submissions, plan, *, is_rehearsal):
        with Gradebook(file_url(out / "gradebook.db")) as book:
            run = Run(book, plan, out, lambda _: None, "Grace")
            return list(regrade(submissions, run, Here(plan, sandbox), is_rehearsal=is_rehearsal))

    return changes


@pytest.fixture
def graded(hand_in, answers, plan, out, sandbox):
    """Ada is right, Bob loses coins that are worth 778 cents; both were graded."""
    loses = b"if coin.cents != 778: self.coins.append(coin)"
    hand_in(answers, "ada")
    hand_in(answers | {MODULE: answers[MODULE].replace(b"self.coins.append(coin)", loses)}, "bob")
    submissions = discover(out.parent / "submissions").submissions
    grade_class(submissions, plan, out, Here(plan, sandbox), lambda _: None)
    return submissions


@pytest.fixture
def stricter(plan):
    """The plan with a hidden check that looks at coins of 778 cents."""
    return replace(
        plan,
        checks=tuple(with_fields(check, source=check.source.replace("777", "778")) for check in plan.checks),
    )


def written(out):
    """What is on disk, but for the gradebook."""
    return {path: path.read_bytes() for path in out.rglob("*") if path.is_file() and path.suffix != ".db"}


def attempts(out):
    """How many attempts there are."""
    with Gradebook(file_url(out / "gradebook.db")) as book:
        return len([*book.of("ada"), *book.of("bob")])


def test_a_rehearsal_tells_who_loses_what_and_why_and_writes_nothing(graded, stricter, again, out):
    """The check, from which outcome to which, and the first difference."""
    before = written(out)
    [change] = again(graded, stricter, is_rehearsal=True)
    assert (change.student, change.before, change.after, change.points) == ("bob", 1, 0, -1)
    [turn] = change.turns
    assert (turn.check, turn.before, turn.after, turn.points) == (SECRET, Outcome.PASSED, Outcome.FAILED, -1)
    assert turn.why == "len(purse.coins): expected 1, found 0"
    assert (change.has_new_files, change.unexplained) == (False, 0)
    assert (written(out), attempts(out)) == (before, 2)


def test_grading_again_tells_the_same_and_writes_it(graded, stricter, again, out):
    """A second time there is nothing to tell."""
    rehearsed = again(graded, stricter, is_rehearsal=True)
    assert again(graded, stricter, is_rehearsal=False) == rehearsed
    assert "bob,0,0,1" in (out / "scores.csv").read_text()
    assert attempts(out) == 4
    assert again(graded, stricter, is_rehearsal=False) == []


def test_marks_and_new_files_are_told_apart_from_checks(graded, plan, again, hand_in, answers, out):
    """What a mark gives comes from no check's outcome."""
    hand_in(answers | {MODULE: answers[MODULE].replace(b"self.coins.append(coin)", b"pass")}, "bob")
    mark = Mark(student="ada", target="purse", by="Grace", at=WHEN, points=2, out_of=3)
    with Gradebook(file_url(out / "gradebook.db")) as book:
        book.mark(mark, plan.course, plan.checks)
    ada, bob = again(graded, plan, is_rehearsal=True)
    assert (ada.points, ada.unexplained, ada.turns) == (2, 2, ())
    assert (bob.points, len(bob.turns), ada.has_new_files, bob.has_new_files) == (-1, 2, False, True)


class Nowhere(Here):
    """An executor whose sandbox can't be made any more."""

    def grade(self, submissions):
        """None is graded."""
        return (not_graded(found, self.plan, "no room") for found in submissions)


@pytest.mark.parametrize("is_rehearsal", [True, False])
def test_who_could_not_be_graded_this_time_is_told_and_keeps_the_points(graded, stricter, sandbox, out, is_rehearsal):
    """Else silence would look like a course that changed nothing."""
    with Gradebook(file_url(out / "gradebook.db")) as book:
        run = Run(book, stricter, out, lambda _: None, "Grace")
        changes = list(regrade(graded, run, Nowhere(stricter, sandbox), is_rehearsal=is_rehearsal))
    assert [(each.is_open, each.points, each.turns, each.has_new_files) for each in changes] == [
        (True, 0, (), False)
    ] * 2


def line(check, outcome, points, visibility=Visibility.HIDDEN, cause=None):
    """A check's part of a result."""
    return CheckScore(
        id=check,
        exercise="e",
        unit="u",
        visibility=visibility,
        points=points,
        max_points=2,
        outcome=outcome,
        cause=cause,
    )


def result(score, *lines):
    """Ada's result."""
    units = (UnitScore(id="u", score=score, max_score=9),)
    return Result(student="ada", score=score, max_score=9, units=units, checks=lines, findings=(), level="none")


def test_checks_that_came_and_went_are_told():
    """One that is new, one that is gone, one whose points have changed, a public one that turned."""
    before = result(
        3,
        line("gone", Outcome.PASSED, 1),
        line("worth", Outcome.PASSED, 2),
        line("shown", Outcome.PASSED, 0, Visibility.PUBLIC),
        line("same", Outcome.FAILED, 0, cause="x"),
    )
    after = result(
        5,
        line("worth", Outcome.PASSED, 3),
        line("shown", Outcome.FAILED, 0, Visibility.PUBLIC, cause="y"),
        line("same", Outcome.FAILED, 0, cause="another x"),
        line("new", Outcome.PASSED, 2),
    )
    change = change_of(before, after)
    assert change.turns == (
        Turn(check="gone", points=-1, before=Outcome.PASSED, after=None, why=None),
        Turn(check="worth", points=1, before=Outcome.PASSED, after=Outcome.PASSED, why=None),
        Turn(check="shown", points=0, before=Outcome.PASSED, after=Outcome.FAILED, why="y"),
        Turn(check="new", points=2, before=None, after=Outcome.PASSED, why=None),
    )
    assert (change.points, change.unexplained) == (2, 0)


def test_where_nothing_turned_there_is_no_change():
    """And a student without a result before has one in any case."""
    passed = result(2, line("a", Outcome.PASSED, 2))
    assert change_of(passed, passed) is None
    assert change_of(None, passed).before is None
