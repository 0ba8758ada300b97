"""A run's fixed part: checks, expected transcripts, seeds."""

from dataclasses import replace

import pytest

from autograder.build.course import load_course
from autograder.grading.planning import make_plan, solutions_seed
from autograder.model.check import Visibility
from autograder.model.errors import CourseError, UsageError
from tests.tiny_course import write_course


def test_every_check_has_an_expected_transcript(plan):
    """Public checks first; none is left without."""
    assert [check.visibility for check in plan.checks] == [Visibility.PUBLIC, Visibility.HIDDEN]
    assert set(plan.expected) == {check.id for check in plan.checks}


def test_only_hidden_checks_have_the_secret_seed(plan, course):
    """A public check has the seed that every workspace has."""
    assert [plan.seed_of(check) for check in plan.checks] == [course.home_seed, 7]


def test_what_students_have_not_changed_is_shared(plan, course):
    """The package's modules in each language, no check and nothing of the answers."""
    assert {path for path, _ in plan.shared} == {"pocket/__init__.py", "pocket/coin.py", "pocket/purse.py"}
    untouched = [plan.workspaces[language]["pocket/purse.py"] for language in course.languages]
    assert [text for path, text in plan.shared if path == "pocket/purse.py"] == untouched


def test_the_seed_follows_from_the_solutions(tmp_path):
    """The same solutions give the same seed, others another; it fits into a database."""
    one = load_course(write_course(tmp_path / "one"))
    two = load_course(write_course(tmp_path / "two"))
    other = load_course(write_course(tmp_path / "other", ("solutions/pocket/purse.py", "cents", "dimes")))
    assert solutions_seed(one.solutions) == solutions_seed(two.solutions) != solutions_seed(other.solutions)
    assert 0 <= solutions_seed(one.solutions) < 2**63


def test_the_digest_names_what_verdicts_depend_on(plan, course):
    """Other limits are another course, the same course elsewhere is not."""
    moved = course.__class__(**{**{f: getattr(course, f) for f in course.__struct_fields__}, "id": "elsewhere"})
    assert replace(plan, course=moved).digest() == plan.digest()
    assert replace(plan, expected={}).digest() != plan.digest()


def test_a_language_that_the_course_lacks_is_refused(course, level):
    """The caller is told which there are."""
    with pytest.raises(UsageError, match='has no language "fr"; it has en, zh'):
        make_plan(course, level, language="fr")


def test_a_check_that_the_reference_fails_is_the_courses_fault(tmp_path, level):
    """The sentence names file and line."""
    course = load_course(
        write_course(tmp_path, ("solutions/checks/test_secret.py", "torch.Coin(777)", "torch.Bill(777)"))
    )
    with pytest.raises(
        CourseError, match=r"test_secret.py:\d+: on the reference, test_secret::test_a_secret_coin ends in"
    ):
        make_plan(course, level)
