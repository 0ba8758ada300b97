"""Scores follow from verdicts alone."""

import pytest

from autograder.grading.examiner import ungraded
from autograder.grading.findings import note
from autograder.grading.scoring import score
from autograder.model.check import Visibility
from autograder.model.verdict import Cause, Outcome, Verdict
from tests.grading.fakes import check

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
