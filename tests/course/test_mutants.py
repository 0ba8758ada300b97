"""The checks hold what they promise: a known wrong solution loses points where it is wrong, a right one none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.build.course import load_course
from autograder.build.grafting import grafted_files, grafted_module
from autograder.build.reference import reference_files
from autograder.grading.examiner import examine
from autograder.grading.planning import make_plan
from autograder.model.check import Visibility
from autograder.model.ids import StudentId
from autograder.model.submission import Submission
from autograder.model.verdict import Outcome
from autograder.sandbox.machine import probe
from autograder.sandbox.warm import Sandbox


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


COURSE = load_course(Path(__file__).parents[2] / "course")
MUTANTS = sorted((COURSE.solutions / "mutants").glob("*/*.py"))
VARIANTS = sorted((COURSE.solutions / "variants").glob("*/*.py"))
CHOSEN = MUTANTS[::6]  # of each module and lesson at least one: none has fewer
IN_TURN = [pytest.param(path, marks=() if path in CHOSEN else pytest.mark.campaign, id=_name(path)) for path in MUTANTS]


class Grader:
    """Examines candidates, and remembers what the hidden checks of their own units said of mutants."""

    def __init__(self, plan, sandbox):
        self.plan, self.sandbox = plan, sandbox
        self.rejecting = {}

    def failed(self, files, wanted=lambda check: True):
        """The checks that a candidate does not pass, of all or of the wanted ones."""
        checks = tuple(filter(wanted, self.plan.checks))
        submission = Submission(student=StudentId("known"), files=files, digest="")
        verdicts = examine(submission, replace(self.plan, checks=checks), self.sandbox)
        by_id = {check.id: check for check in checks}
        assert all(verdict.outcome is not Outcome.UNGRADED for verdict in verdicts), verdicts
        return [by_id[verdict.check] for verdict in verdicts if verdict.outcome is not Outcome.PASSED]

    def rejects(self, mutant):
        """The hidden checks of its own unit that reject a mutant."""
        if mutant not in self.rejecting:
            home = _home(mutant)
            files = grafted_files(COURSE, mutant)
            self.rejecting[mutant] = self.failed(files, lambda check: _is_hidden(check) and _unit(check) in home)
        return self.rejecting[mutant]


@pytest.fixture(scope="module")
def grader():
    """A grader in the strongest sandbox of this machine."""
    level = probe().level
    plan = make_plan(COURSE, level)
    shared = (*plan.shared, *reference_files(COURSE).items())  # no secret: all that runs here is ours
    with Sandbox(COURSE.packages, level, shared=shared) as sandbox:
        yield Grader(plan, sandbox)


def _is_hidden(check):
    return check.visibility is Visibility.HIDDEN


def _unit(check):
    return COURSE.exercise(check.exercise).unit


def _home(mutant):
    """The unit in which a mutant's mistake is made, alone in a set."""
    module = grafted_module(COURSE, mutant)
    return {exercise.unit for exercise in COURSE.exercises if exercise.target.file == module}


@pytest.mark.parametrize("mutant", MUTANTS, ids=_name)
def test_a_mutant_loses_points_in_its_unit(mutant, grader):
    """A mistake costs points where it was made."""
    assert {_unit(check) for check in grader.rejects(mutant)} == _home(mutant)


@pytest.mark.parametrize("mutant", IN_TURN)
def test_a_mutant_is_seen_at_home(mutant, grader):
    """Nobody loses points for a mistake that no public check of its unit has shown; there is no exception."""
    home = _home(mutant)
    assert grader.failed(grafted_files(COURSE, mutant), lambda check: not _is_hidden(check) and _unit(check) in home)


@pytest.mark.parametrize("mutant", IN_TURN)
def test_a_mutant_loses_points_in_no_other_unit(mutant, grader):
    """And nowhere else."""
    home = _home(mutant)
    others = grader.failed(grafted_files(COURSE, mutant), lambda check: _is_hidden(check) and _unit(check) not in home)
    assert [check.id for check in others] == []


@pytest.mark.parametrize("variant", VARIANTS, ids=_name)
def test_a_variant_loses_nothing(variant, grader):
    """Another right design passes every check, public and hidden."""
    assert [check.id for check in grader.failed(grafted_files(COURSE, variant))] == []


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("recording.py", "def compute_requires_grad(*inputs", "def compute_requires_grad(inputs"),
        ("accumulate_grad.py", "return accumulator", "return None"),
        ("engine.py", "class InputBuffer:", "class InputBuffer"),
        ("hooks.py", "import", "import no_such_module, "),
    ],
    ids=["it raises", "it makes wrong graphs", "it is not Python", "it can't be imported"],
)
def test_what_breaks_all_that_comes_after_costs_nothing_before(module, old, new, grader):
    """Such a mistake is felt in its own unit, and in none that doesn't need it."""
    path, files = f"{COURSE.package}/{module}", reference_files(COURSE)
    broken = files[path].decode().replace(old, new)
    assert broken != files[path].decode()
    home = next(place for place, unit in enumerate(COURSE.units) if module in unit.modules)
    so_far = [unit.id for unit in COURSE.units[: home + 1]]
    failed = grader.failed({**files, path: broken.encode()}, lambda check: _unit(check) in so_far)
    assert {_unit(check) for check in failed} == {so_far[-1]}


def test_every_hidden_check_rejects_a_mutant(grader):
    """No hidden check is idle: each rejects at least one known mistake, besides the untouched skeleton."""
    counts = Counter(check.id for mutant in MUTANTS for check in grader.rejects(mutant))
    assert [check.id for check in filter(_is_hidden, grader.plan.checks) if not counts[check.id]] == []


def test_every_exercise_has_two_mutants_that_its_own_checks_reject(grader):
    """Each exercise's own checks tell at least two mistakes in it."""
    found = Counter(exercise for mutant in MUTANTS for exercise in {check.exercise for check in grader.rejects(mutant)})
    assert {exercise.id: found[exercise.id] for exercise in COURSE.exercises if found[exercise.id] < 2} == {}


def test_a_mutant_of_each_module_and_lesson_is_chosen():
    """The few that are not left to a campaign are of all kinds."""
    assert {path.parent for path in CHOSEN} == {path.parent for path in MUTANTS}


def test_every_mutant_and_variant_says_what_it_is():
    """The docstring of each tells the mistake, or the other design, in a sentence."""
    for path in (*MUTANTS, *VARIANTS):
        assert path.read_text(encoding="utf-8").startswith('"""'), path
