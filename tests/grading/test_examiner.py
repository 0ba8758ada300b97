"""Verdicts on a submission: which child is asked what, what runs again, and what is nobody's fault."""

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_fields

from autograder.grading.examiner import SHARE, examine, judge
from autograder.grading.findings import problem
from autograder.grading.plan import Plan
from autograder.model.check import Visibility
from autograder.model.course import Unit
from autograder.model.errors import MachineError
from autograder.model.submission import Submission
from autograder.model.verdict import Outcome
from autograder.sandbox.level import Level
from tests.grading.fakes import (
    CRASHED,
    FILLS,
    HUNG,
    KILLED,
    NO_PYTHON,
    RAISED,
    RIGHT,
    SPRAWLS,
    STARVES,
    UNWRITTEN,
    WRONG,
    FakeSandbox,
    check,
)

PUBLIC = check("public", Visibility.PUBLIC)
ONE, TWO, THREE = check("one"), check("two"), check("three")
FILES = {"pocket/purse.py": b"", "lessons/01_first_coins.ipynb": b"{}"}
ADA = Submission(student="ada", files=FILES, digest="")


@pytest.fixture
def plan(course):
    """A plan of one public and three hidden checks."""
    checks = (PUBLIC, ONE, TWO, THREE)
    return Plan(course, checks, {each.id: RIGHT for each in checks}, {}, 42, Level.NAMESPACES, {}, (), "en")


@pytest.fixture
def outcomes(plan):
    """The outcomes of the four checks in a scripted sandbox."""

    def of(sandbox, submission=None, plan=plan):
        handed_in = submission or Submission(student="ada", files=FILES, digest="")
        return [verdict.outcome for verdict in examine(handed_in, plan, sandbox)]

    return of


def test_hidden_checks_run_in_a_child_of_their_own_with_their_own_seed(outcomes, course):
    """What ran a public check never sees a hidden one, nor the secret seed."""
    sandbox = FakeSandbox()
    assert outcomes(sandbox) == [Outcome.PASSED] * 4
    assert [child.asked for child in sandbox.started] == [
        [("public", course.home_seed)],
        [("one", 42), ("two", 42), ("three", 42)],
    ]


def test_what_failed_is_run_again_alone_before_it_counts(outcomes):
    """A check that passes in a fresh child has passed: an earlier check's leavings are not its fault."""
    sandbox = FakeSandbox({"two": [WRONG, RIGHT], "three": [RAISED, WRONG]})
    assert outcomes(sandbox) == [Outcome.PASSED, Outcome.PASSED, Outcome.PASSED, Outcome.FAILED]
    assert sandbox.children == [["public"], ["one", "two", "three"], ["two"], ["three"]]


def test_what_ran_first_in_its_child_was_alone_already(outcomes):
    """A check that fails as the first of a fresh child is not run again."""
    sandbox = FakeSandbox({"one": [WRONG]})
    assert outcomes(sandbox)[1] is Outcome.FAILED
    assert sandbox.children == [["public"], ["one", "two", "three"]]


def test_what_hangs_beside_others_is_given_up_early(outcomes, course):
    """It is run again alone with all of its time, as what runs first in its child has at once."""
    whole_s = course.limits.check_cpu_s
    sandbox = FakeSandbox({"two": [HUNG, RIGHT]})
    assert outcomes(sandbox) == [Outcome.PASSED] * 4
    assert sandbox.children == [["public"], ["one", "two"], ["three"], ["two"]]
    limits_s = [child.limits_s for child in sandbox.started]
    assert limits_s == [[whole_s], [whole_s, SHARE * whole_s], [whole_s], [whole_s]]


@pytest.mark.parametrize("reply", [UNWRITTEN, NO_PYTHON])
def test_what_no_state_can_mend_is_not_run_again(outcomes, reply):
    """Nothing that was left behind makes a function unwritten, or a file no Python."""
    sandbox = FakeSandbox({"two": [reply]})
    assert outcomes(sandbox)[2] is Outcome.ERRORED
    assert len(sandbox.children) == 2


def test_a_check_that_ends_its_child_costs_itself_alone(outcomes):
    """The rest go on in a fresh child, in which the next one is the first."""
    sandbox = FakeSandbox({"one": [CRASHED], "two": [HUNG]})
    assert outcomes(sandbox) == [Outcome.PASSED, Outcome.CRASHED, Outcome.TIMED_OUT, Outcome.PASSED]
    assert sandbox.children == [["public"], ["one"], ["two"], ["three"]]


def test_a_package_that_ends_the_child_at_import_costs_every_check_without_being_asked(outcomes):
    """The child's end is the answer to each check; one child for each pass is enough to know."""
    sandbox = FakeSandbox(dead_on_arrival=HUNG)
    assert outcomes(sandbox) == [Outcome.TIMED_OUT] * 4
    assert len(sandbox.started) == 2


def test_the_cause_of_an_end_keeps_its_words(plan):
    """The sandbox's sentence and its values reach the verdict."""
    verdict = examine(Submission(student="ada", files=FILES, digest=""), plan, FakeSandbox({"one": [HUNG]}))[1]
    assert str(verdict.cause) == "still computing after 2 s"
    assert verdict.cpu_s == pytest.approx(0.1)


def test_an_exercise_with_a_problem_is_not_run_and_names_it(plan, outcomes):
    """The module that can't be read costs its exercises' checks; the sentence is the finding's."""
    finding = problem("pocket/purse.py", "{file} is gone")
    submission = Submission(student="ada", files=FILES, digest="", findings=(finding,))
    sandbox = FakeSandbox()
    assert outcomes(sandbox, submission) == [Outcome.NOT_RUN] * 4
    assert sandbox.started == []
    assert str(examine(submission, plan, sandbox)[0].cause) == "pocket/purse.py is gone"


def test_other_exercises_go_on(plan, outcomes):
    """A problem of one exercise leaves the others' checks alone."""
    finding = problem("lessons/01_first_coins.ipynb", "{file}", exercise="purse.put")
    other = with_fields(TWO, exercise="purse.total")
    submission = Submission(student="ada", files=FILES, digest="", findings=(finding,))
    found = outcomes(FakeSandbox(), submission, replace(plan, checks=(PUBLIC, ONE, other)))
    assert found == [Outcome.NOT_RUN, Outcome.NOT_RUN, Outcome.PASSED]


def test_a_used_up_budget_is_told_and_hidden_checks_keep_their_half(plan):
    """Public checks may use half of the submission's CPU time; what does not fit any more is not run."""
    limits = with_fields(plan.course.limits, submission_cpu_s=4, check_cpu_s=2)
    more = check("public2", Visibility.PUBLIC)
    small = replace(plan, checks=(PUBLIC, more, ONE, TWO, THREE), course=with_fields(plan.course, limits=limits))
    sandbox = FakeSandbox({name: [HUNG] for name in ("public", "one")}, cost_s=2)
    verdicts = examine(Submission(student="ada", files=FILES, digest=""), small, sandbox)
    assert [verdict.outcome for verdict in verdicts] == [
        Outcome.TIMED_OUT,
        Outcome.NOT_RUN,
        Outcome.TIMED_OUT,
        Outcome.NOT_RUN,
        Outcome.NOT_RUN,
    ]
    assert str(verdicts[1].cause) == (
        "not run, since the submission has used up its 4 s of CPU time, or was waited for much longer"
    )
    assert [child.limits_s for child in sandbox.started] == [[2], [2]]


def test_what_is_waited_for_uses_up_the_submissions_time_as_well(plan):
    """A submission that waits in each check, as one that locks itself out does, holds up no worker for long."""
    limits = with_fields(plan.course.limits, submission_cpu_s=4, check_cpu_s=2)
    small = replace(plan, checks=(ONE, TWO, THREE), course=with_fields(plan.course, limits=limits))
    sandbox = FakeSandbox({name: [HUNG] for name in ("one", "two")}, cost_s=0, wait_s=2)
    verdicts = examine(Submission(student="ada", files=FILES, digest=""), small, sandbox)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.TIMED_OUT, Outcome.TIMED_OUT, Outcome.NOT_RUN]
    assert [verdict.cpu_s for verdict in verdicts] == [0, 0, 0]


def test_a_check_that_had_less_than_its_time_is_not_blamed(plan):
    """Where the budget ends in the middle of a check, the check did not time out: it was not run."""
    limits = with_fields(plan.course.limits, submission_cpu_s=3, check_cpu_s=2)
    small = replace(plan, checks=(ONE, TWO), course=with_fields(plan.course, limits=limits))
    sandbox = FakeSandbox({"one": [HUNG], "two": [HUNG]}, cost_s=2)
    verdicts = examine(Submission(student="ada", files=FILES, digest=""), small, sandbox)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.TIMED_OUT, Outcome.NOT_RUN]


def test_our_own_fault_is_ungraded_and_never_a_zero(plan):
    """What was answered before the machine failed stays; the rest says what happened."""
    sandbox = FakeSandbox({"two": [MachineError("no more processes")]})
    verdicts = examine(Submission(student="ada", files=FILES, digest=""), plan, sandbox)
    assert [verdict.outcome for verdict in verdicts] == [
        Outcome.PASSED,
        Outcome.PASSED,
        Outcome.UNGRADED,
        Outcome.UNGRADED,
    ]
    assert str(verdicts[2].cause) == (
        "the grader failed, which is not the student's fault (MachineError: no more processes): grade this submission"
        " again"
    )


def test_what_is_known_is_not_asked_again(plan):
    """By its address; the rest runs, and the order stays the plan's."""
    sandbox = FakeSandbox({"two": [WRONG]})
    first = judge(ADA, plan, sandbox)
    known = {each.address: each for each in first if each.verdict.check != "one"}
    again = FakeSandbox()
    assert judge(ADA, plan, again, known) == first
    assert again.children == [["one"]]


@pytest.mark.parametrize("reply", [CRASHED, FILLS])
def test_how_a_check_ends_its_child_is_certain_once_it_was_alone(plan, reply):
    """It would end so again: what it did has no part of the machine in it."""
    assert [each.is_certain for each in judge(ADA, plan, FakeSandbox({"two": [reply]}))] == [True] * 4
    beside = judge(ADA, plan, FakeSandbox({"two": [reply, MachineError("no room")]}))
    assert [each.is_certain for each in beside] == [True, True, False, True]


@pytest.mark.parametrize("reply", [HUNG, STARVES, SPRAWLS, KILLED, MachineError("no more processes")])
def test_what_the_machine_had_a_part_in_has_no_address(plan, reply):
    """A time-out, memory, processes, an end from outside, our own fault; what was judged before is certain."""
    judged = judge(ADA, plan, FakeSandbox({"two": [reply]}))
    assert [each.is_certain for each in judged][:3] == [True, True, False]
    assert judged[2].address is None


def test_a_failure_beside_others_is_certain_once_it_was_alone(plan):
    """Where our own fault keeps it from being run alone, it counts and is not used again."""
    alone = judge(ADA, plan, FakeSandbox({"two": [WRONG, WRONG]}))
    assert [each.is_certain for each in alone] == [True] * 4
    beside = judge(ADA, plan, FakeSandbox({"two": [WRONG, MachineError("no room")]}))
    assert [each.is_certain for each in beside] == [True, True, False, True]


def test_nothing_is_certain_where_the_time_was_used_up(plan):
    """With some verdicts known there would be time for others, and the same submission would have other points."""
    limits = with_fields(plan.course.limits, submission_cpu_s=4, check_cpu_s=2)
    small = replace(plan, course=with_fields(plan.course, limits=limits))
    judged = judge(ADA, small, FakeSandbox({"one": [HUNG]}, cost_s=4))
    assert Outcome.NOT_RUN in {each.verdict.outcome for each in judged}
    assert not any(each.is_certain or each.address for each in judged)


STARTED = {"pocket/bank.py": b"# as students get it"}
WORKED_ON = {"pocket/purse.py": b"", "pocket/bank.py": b"# as Ada has it"}
MINE = Submission(student="ada", files=WORKED_ON, digest="")


@pytest.fixture
def longer(plan):
    """The plan of a course with one more unit, which none needs."""
    later = Unit(id="bank", title={"en": "The bank", "zh": "银行"}, modules=("bank.py",))
    course = with_fields(plan.course, units=(*plan.course.units, later))
    return replace(plan, course=course, workspaces={"en": {**FILES, **STARTED}})


def test_what_a_later_unit_spoils_passes_with_that_unit_untouched(longer, outcomes):
    """Only what would fail otherwise is tried, in children of its own, and once more alone before it counts."""
    sandbox = FakeSandbox({"one": [WRONG, RIGHT], "two": [WRONG, WRONG, RAISED, RIGHT]})
    assert outcomes(sandbox, MINE, longer) == [Outcome.PASSED] * 4
    assert sandbox.children == [["public"], ["one", "two", "three"], ["two"], ["one", "two"], ["two"]]
    assert [files == MINE.files | STARTED for files in sandbox.files] == [False, False, False, True, True]


def test_what_fails_either_way_is_told_as_it_failed_in_the_student_s_files(longer):
    """The verdict that counts is of what was handed in."""
    [_, verdict, *_] = examine(MINE, longer, FakeSandbox({"one": [RAISED, WRONG]}))
    assert verdict.outcome is Outcome.ERRORED


def test_an_untouched_later_unit_is_not_tried_again(longer, outcomes):
    """Nothing would be different."""
    sandbox = FakeSandbox({"one": [WRONG]})
    untouched = Submission(student="ada", files={**FILES, **STARTED}, digest="")
    assert outcomes(sandbox, untouched, longer)[1] is Outcome.FAILED
    assert sandbox.children == [["public"], ["one", "two", "three"]]


def test_a_pass_with_a_later_unit_untouched_hangs_on_how_that_is_handed_out(longer):
    """Where its module is handed out otherwise, the check is run again, and what has passed as it is is not."""
    first = judge(MINE, longer, FakeSandbox({"one": [WRONG, RIGHT]}))
    known = {each.address: each for each in first}
    assert judge(MINE, longer, FakeSandbox(), known) == first
    other = replace(longer, workspaces={"en": {**FILES, "pocket/bank.py": b"# as it was changed since"}})
    again = FakeSandbox()
    judge(MINE, other, again, known)
    assert again.children == [["one"]]


@pytest.mark.parametrize("reply", [HUNG, MachineError("no room")])
def test_a_failure_is_certain_once_it_was_seen_with_later_units_untouched(longer, reply):
    """Where the machine had a part in that, it counts and is not used again."""
    judged = judge(MINE, longer, FakeSandbox({"one": [WRONG, reply], "two": [UNWRITTEN]}))
    assert [each.verdict.outcome for each in judged][1:3] == [Outcome.FAILED, Outcome.ERRORED]
    assert not judged[1].is_certain
    assert judge(MINE, longer, FakeSandbox({"one": [WRONG]}))[1].is_certain
