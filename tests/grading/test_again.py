"""A class that was graded before: what would be the same is not done again, and all else is."""

import json
from dataclasses import replace

import pytest
from msgspec.structs import replace as with_fields

from autograder.build.course import load_course
from autograder.gradebook.attempt import UNCERTAIN
from autograder.gradebook.store import Gradebook, file_url
from autograder.grading.grader import grade, not_graded
from autograder.grading.planning import make_plan
from autograder.grading.run import grade_class
from autograder.grading.sources.discovery import discover
from autograder.model.mark import Mark
from autograder.model.verdict import Outcome, are_whole
from tests.gradebook.conftest import WHEN
from tests.grading.test_grader import MODULE, NOTEBOOK, PUBLIC, SECRET, own_cell
from tests.grading.watched import Watched
from tests.tiny_course import write_course

FORGETS = (b"self.coins.append(coin)", b"pass")
HANGS = (b"self.coins.append(coin)", b"while coin.cents == 777: pass")


class Grading:
    """Grades a class again and again in one folder."""

    def __init__(self, folder, sandbox):
        self.folder, self.sandbox = folder, sandbox
        self.out = folder / "out"
        self.out.mkdir()

    def __call__(self, plan):
        """What had to run."""
        watched = Watched(self.sandbox)

        class Here:
            def grade(self, submissions):
                return (grade(found, plan, watched) for found in submissions)

        self.seen = []
        submissions = discover(self.folder / "submissions").submissions
        self.results = grade_class(submissions, plan, self.out, Here(), self.seen.append, by="Grace")
        return watched.ran

    def files(self):
        """When each file of the run was written; the class's pages always are."""
        folders = ("results", "students", "feedback", "notebooks/ada")
        return {path: path.stat().st_mtime_ns for name in folders for path in (self.out / name).iterdir()}

    def attempts(self, student="ada"):
        """The student's attempts."""
        with Gradebook(file_url(self.out / "gradebook.db")) as book:
            return list(book.of(student))


@pytest.fixture
def grading(tmp_path, sandbox):
    """The folder of a run, empty."""
    return Grading(tmp_path, sandbox)


@pytest.fixture
def ada(hand_in, answers):
    """Ada's submission with a change in her module."""
    return lambda *change: hand_in(answers | {MODULE: answers[MODULE].replace(*change)} if change else answers)


def test_nothing_is_run_or_written_where_nothing_has_changed(grading, ada, plan):
    """The results are the same, the attempt is told apart by who and when."""
    ada()
    assert grading(plan) == ["notebook", PUBLIC, SECRET]
    files, results = grading.files(), grading.results
    assert grading(plan) == []
    assert (grading.files(), grading.results, grading.seen) == (files, results, ["ada"])
    [attempt] = grading.attempts()
    assert (attempt.graded_by, attempt.key.endswith(UNCERTAIN)) == ("Grace", False)


def test_a_failing_verdict_is_used_again_as_well(grading, ada, plan):
    """It was reached alone."""
    ada(*FORGETS)
    assert grading(plan) == ["notebook", PUBLIC, SECRET]
    assert grading(plan) == []
    assert grading.results[0].score == 0


def test_a_check_that_changed_runs_alone(grading, ada, plan):
    """The other checks and the notebook are as they were; the attempt is a new one."""
    ada()
    grading(plan)
    before = grading.attempts()
    changed = [with_fields(check, source=check.source.replace("777", "778")) for check in plan.checks]
    assert grading(replace(plan, checks=tuple(changed))) == [SECRET]
    first, second = grading.attempts()
    assert first == before[0]
    assert first.verdicts[0] == second.verdicts[0]
    assert first.course_digest != second.course_digest


@pytest.mark.parametrize(
    ("change", "ran"),
    [
        (("solutions/checks/test_secret.py", "777", "778"), [SECRET]),
        (("solutions/pocket/coin.py", "So many", "How many"), ["notebook", PUBLIC, SECRET]),
        (("solutions/pocket/purse.py", "worth += coin.cents", "worth += 2 * coin.cents"), [PUBLIC]),
        (("solutions/pocket/purse.py", "# The purse remembers it.", "# It is remembered."), []),
        (("course/course.toml", "check_cpu_s = 1.5", "check_cpu_s = 1.6"), ["notebook", PUBLIC, SECRET]),
        (("course/course.toml", "home_seed = 3", "home_seed = 4"), [PUBLIC]),
    ],
    ids=["a hidden check", "a given file", "the reference", "a comment in it", "a limit", "a public seed"],
)
def test_what_a_changed_course_makes_run(grading, ada, plan, tmp_path, change, ran):
    """All of it that the change can matter to, and nothing else."""
    no_plots = ("course/lessons/01_first_coins.md.jinja", "%matplotlib inline", "pass")
    ada()
    grading(plan)
    changed = load_course(write_course(tmp_path, no_plots, change))
    assert grading(make_plan(changed, plan.level, seed=7)) == ran


def test_another_seed_makes_hidden_checks_run(grading, ada, plan):
    """The public ones have their own."""
    ada()
    grading(plan)
    assert grading(replace(plan, seed=8)) == [SECRET]
    with Gradebook(file_url(grading.out / "gradebook.db")) as book:
        assert book.seed() == 8


def test_other_software_makes_everything_run(grading, ada, plan):
    """What only writes pages makes nothing run, and the pages are written anew."""
    ada()
    grading(plan)
    files = grading.files()
    assert grading(replace(plan, software=plan.software | {"numpy": "0.1"})) == ["notebook", PUBLIC, SECRET]
    grading(plan)
    assert grading(replace(plan, software=plan.software | {"autograder": "newer"})) == []
    assert not set(files.values()) & set(grading.files().values())


def test_other_files_make_everything_run(grading, ada, plan):
    """All of a student's checks import them."""
    ada()
    grading(plan)
    ada(*FORGETS)
    assert grading(plan) == ["notebook", PUBLIC, SECRET]
    assert [attempt.verdicts[1].outcome for attempt in grading.attempts()] == [Outcome.PASSED, Outcome.FAILED]


def test_what_timed_out_runs_again_and_is_not_stored_twice(grading, ada, plan):
    """What passed beside it does not run again."""
    ada(*HANGS)
    assert grading(plan) == ["notebook", PUBLIC, SECRET]
    written = json.loads((grading.out / "results/ada.json").read_bytes())
    assert written["checks"][1]["outcome"] == Outcome.TIMED_OUT
    assert grading(plan) == [SECRET]
    [attempt] = grading.attempts()
    assert attempt.key.endswith(UNCERTAIN)


def test_what_was_known_before_a_fault_of_ours_is_used_again(grading, ada, plan):
    """An attempt at which the grader failed taught it nothing."""
    ada()
    grading(plan)
    [found] = discover(grading.folder / "submissions").submissions
    with Gradebook(file_url(grading.out / "gradebook.db")) as book:
        book.store(not_graded(found, plan, "no disk").attempt)
    assert grading(plan) == []
    assert [are_whole(attempt.verdicts) for attempt in grading.attempts()] == [True, False, True]
    assert grading.results[0].score == 1


@pytest.mark.parametrize(
    "end", ["os._exit(3)", "__import__('ctypes').string_at(0)", "kept = [os.pipe() for _ in range(99)]"]
)
def test_what_ended_its_process_alone_does_not_run_again(grading, hand_in, answers, plan, end):
    """Its own exit, a crash, a limit of files: the same submission would end so again, and so would its notebook."""
    ends = f"import os; {end}"
    module = answers[MODULE].replace(FORGETS[0], ends.encode())
    hand_in(answers | {MODULE: module, NOTEBOOK: own_cell(answers[NOTEBOOK], ends)})
    assert set(grading(plan)) == {"notebook", PUBLIC, SECRET}
    [attempt] = grading.attempts()
    assert Outcome.PASSED not in {verdict.outcome for verdict in attempt.verdicts}
    assert grading(plan) == []


def test_a_mark_makes_pages_and_nothing_else(grading, ada, plan):
    """No check runs, no attempt is added; once written they stay."""
    ada()
    grading(plan)
    files = grading.files()
    mark = Mark(student="ada", target=SECRET, by="Grace", at=WHEN, points=0.25)
    with Gradebook(file_url(grading.out / "gradebook.db")) as book:
        book.mark(mark, plan.course, plan.checks)
    assert grading(plan) == []
    assert grading.results[0].score == 0.25
    written = grading.files()
    assert not set(files.values()) & set(written.values())
    assert grading(plan) == []
    assert grading.files() == written
    assert len(grading.attempts()) == 1


@pytest.mark.parametrize("lost", ["results/ada.json", "students/ada.html", "feedback/ada.html", ".written/ada"])
def test_pages_that_are_missing_are_written_without_running_anything(grading, ada, plan, lost):
    """A run was killed between storing and writing, or somebody has removed one."""
    ada()
    grading(plan)
    (grading.out / lost).unlink()
    assert grading(plan) == []
    assert (grading.out / lost).is_file()
    assert len(grading.attempts()) == 1


def test_two_students_with_the_same_files_are_graded_each_for_themselves(grading, ada, hand_in, answers, plan):
    """Nothing in one submission depends on another."""
    ada()
    grading(plan)
    hand_in(answers, "bob")
    assert grading(plan) == ["notebook", PUBLIC, SECRET]
    assert [result.score for result in grading.results] == [1, 1]
