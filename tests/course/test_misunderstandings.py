"""The course's known misunderstandings are told of those who have them."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.build.course import load_course
from autograder.build.grafting import grafted_files
from autograder.build.reference import reference_files
from autograder.grading.examiner import examine
from autograder.grading.planning import make_plan
from autograder.model.check import Visibility
from autograder.model.ids import StudentId
from autograder.model.submission import Submission
from autograder.model.verdict import Outcome
from autograder.report.failures import Failures
from autograder.report.likeness import likeness
from autograder.sandbox.machine import probe
from autograder.sandbox.warm import Sandbox

COURSE = load_course(Path(__file__).parents[2] / "course")
LEVEL = probe().level
PASSED = Outcome.PASSED


@pytest.fixture(scope="module")
def plan():
    """With another seed than a class would have: a likeness knows nothing of the numbers."""
    return make_plan(COURSE, LEVEL, seed=4711)


@pytest.fixture(scope="module")
def verdicts(plan):
    """What the grader says of each mutant that a misunderstanding names."""
    shared = (*plan.shared, *reference_files(COURSE).items())  # no secret: all that runs here is ours
    with Sandbox(COURSE.packages, LEVEL, shared=shared) as sandbox:
        found = {}
        for each in plan.known:
            files = grafted_files(COURSE, COURSE.solutions / "mutants" / each.mutant)
            submission = Submission(student=StudentId(each.mutant), files=files, digest="")
            own = replace(plan, checks=tuple(check for check in plan.checks if check.exercise == each.exercise))
            found[each.mutant] = examine(submission, own, sandbox)
        return found


def test_each_is_what_its_mutant_shows(plan, verdicts):
    """The hidden checks that fail, and what the first of them sees; after a change, this says what to write."""
    hidden = {check.id for check in plan.checks if check.visibility is Visibility.HIDDEN}
    seen = {}
    for each in plan.known:
        failed = [found for found in verdicts[each.mutant] if found.check in hidden and found.outcome is not PASSED]
        seen[each.mutant] = (sorted(verdict.check for verdict in failed), likeness(failed[0]) if failed else "")
    assert seen == {each.mutant: (sorted(each.fails), each.likeness) for each in plan.known}


def test_each_is_told_of_its_mutant(plan, verdicts):
    """And of no other: whoever hands in the mutant is named beside the sentence."""
    failures = Failures(plan.checks, plan.known)
    for mutant, found in verdicts.items():
        failures.add(StudentId(mutant), found)
    told = {(group.known.mutant, tuple(group.students)) for group in failures.groups() if group.known}
    assert told == {(each.mutant, (each.mutant,)) for each in plan.known}
