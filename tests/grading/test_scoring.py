"""Scores follow from verdicts alone."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from autograder.grading.examiner import ungraded
from autograder.grading.findings import note
from autograder.grading.scoring import score
from autograder.model.check import Visibility
from autograder.model.mark import Action, Mark
from autograder.model.policy import LateRule, Policy
from autograder.model.submission import Receipt
from autograder.model.verdict import Cause, Outcome, Verdict
from autograder.report.points import ungraded_units
from tests.grading.fakes import check

WHEN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PUBLIC = check("public", Visibility.PUBLIC)
ONE, TWO = check("one", points=1.5), check("two", points=0.1)


@pytest.fixture
def result(course):
    """The result of some verdicts."""
    return lambda *verdicts, findings=(): score(
        "ada", verdicts, (PUBLIC, ONE, TWO), course, findings=findings, level="namespaces"
    )


def verdict(of, outcome=Outcome.PASSED):
    """A verdict; unless passed, with a cause."""
    cause = None if outcome is Outcome.PASSED else Cause(message="because of {what}", values={"what": "x"})
    return Verdict(check=of.id, outcome=outcome, cause=cause)


def test_passed_hidden_checks_earn_their_points(result):
    """Public checks have none; the cause is a sentence."""
    found = result(verdict(PUBLIC), verdict(ONE), verdict(TWO, Outcome.FAILED))
    assert (found.score, found.max_score) == (1.5, 1.6)
    assert [(line.points, line.max_points, line.cause) for line in found.checks] == [
        (0, 0, None),
        (1.5, 1.5, None),
        (0, 0.1, "because of x"),
    ]


@pytest.mark.parametrize("outcome", [each for each in Outcome if each not in (Outcome.PASSED, Outcome.UNGRADED)])
def test_only_passed_earns(outcome, result):
    """Every other outcome of the student's is no points."""
    assert result(verdict(ONE, outcome)).score == 0


def test_every_unit_is_there(course, result):
    """A unit without checks has 0 of 0."""
    assert [(unit.id, unit.score, unit.max_score) for unit in result().units] == [("purse", 0, 0)]


def test_an_ungraded_check_leaves_its_points_open(result):
    """Its points are null, the maximum stays, and a finding says how many points are open."""
    found = result(verdict(ONE), ungraded(TWO, "OSError: full"))
    assert found.checks[1].points is None
    assert (found.score, found.max_score) == (1.5, 1.6)
    assert [line.message for line in found.findings] == [
        "points still open: 0.1, of checks that could not be graded, through no fault of the student"
    ]


def test_findings_are_told_in_english(result):
    """A finding becomes its sentence."""
    found = result(findings=[note("a.py", "{file} was {what}", what="changed")])
    assert found.findings[0].message == "a.py was changed"


def test_points_add_up_exactly(course):
    """Ten tenths are one."""
    checks = [check(f"c{number}", points=0.1) for number in range(10)]
    found = score("ada", [verdict(each) for each in checks], checks, course, level="none")
    assert found.score == 1.0


def mark(target, action=Action.GIVEN, points=0.0, **changes):
    """A mark for ada."""
    return Mark(student="ada", target=target, by="grace", at=WHEN, action=action, points=points, **changes)


@pytest.fixture
def marked(course):
    """The result of three checks, one of them failed, with marks."""
    verdicts = (verdict(PUBLIC), verdict(ONE), verdict(TWO, Outcome.FAILED))
    return lambda *marks, verdicts=verdicts: score(
        "ada", verdicts, (PUBLIC, ONE, TWO), course, marks=marks, level="namespaces"
    )


def test_a_mark_wins_over_the_verdict(marked):
    """Up and down; the outcome stays what it was."""
    found = marked(mark("one", points=0.5), mark("two", points=0.1))
    assert (found.score, found.max_score) == (0.6, 1.6)
    assert [(line.points, line.outcome) for line in found.checks[1:]] == [(0.5, Outcome.PASSED), (0.1, Outcome.FAILED)]
    assert found.marks == (mark("one", points=0.5), mark("two", points=0.1))


def test_of_two_marks_the_later_counts_and_a_withdrawal_brings_the_verdict_back(marked):
    """Whatever was marked before."""
    first, second = mark("one", points=0.5), mark("one", points=1.0)
    assert marked(first, second).score == 1.0
    withdrawn = marked(first, second, mark("one", Action.WITHDRAWN))
    assert (withdrawn.score, withdrawn.marks) == (1.5, ())


def test_a_mark_beside_the_checks_adds_to_its_unit(marked):
    """A free answer has points of its own; an extra has no most."""
    found = marked(mark("purse.put", points=2, out_of=3), mark("purse", points=-0.5))
    assert (found.score, found.max_score) == (3.0, 4.6)
    assert [(unit.score, unit.max_score) for unit in found.units] == [(3.0, 4.6)]


@pytest.mark.parametrize("target", ["purse", "purse.put"])
def test_what_is_excused_counts_neither_way(marked, target):
    """A unit's or an exercise's checks have nothing of nothing, even one that is marked."""
    found = marked(mark(target, Action.EXCUSED), mark("one", points=1))
    assert (found.score, found.max_score) == (0, 0)


def test_one_check_can_be_excused(marked):
    """The others count as before."""
    found = marked(mark("two", Action.EXCUSED))
    assert (found.score, found.max_score) == (1.5, 1.5)


def test_a_mark_on_what_the_course_no_longer_has_does_not_count(marked):
    """Nor is it among those that do: of a hidden check that is gone it would tell students the name."""
    found = marked(mark("test_old::test_gone[secret]", points=1), mark("one", points=0.5))
    assert (found.score, found.marks) == (0.5, (mark("one", points=0.5),))


def test_a_mark_settles_what_could_not_be_graded(marked):
    """Nothing is open any more."""
    found = marked(mark("two", points=0.1), verdicts=(verdict(ONE), ungraded(TWO, "OSError: full")))
    assert (found.score, found.findings, ungraded_units(found)) == (1.6, (), frozenset())


def test_the_score_is_what_units_and_adjustments_have_together(course):
    """A policy's sentences say where the rest of the points went."""
    policy = Policy(weights={"purse": 2}, late=LateRule(percent=10))
    verdicts, late = (verdict(ONE), verdict(TWO)), Receipt(number=3, is_late=True)
    found = score("ada", verdicts, (ONE, TWO), replace(course, policy=policy), receipt=late, level="none")
    assert [(str(each), each.points, each.max_points) for each in found.adjustments] == [
        ("purse counts 2 times", 1.6, 1.6),
        ("handed in late: 10 percent less", -0.32, 0),
    ]
    assert (found.units[0].score, found.max_score, found.attempt) == (1.6, 3.2, 3)
    assert found.score == pytest.approx(2.88)
