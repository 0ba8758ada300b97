"""Failures of a class in groups of those who fail alike."""

import pytest
from msgspec.structs import replace

from autograder.checks.causes import UNWRITTEN
from autograder.model.verdict import Cause, Difference, Outcome, Verdict
from autograder.report import Failures
from autograder.report.failures import MAX_KINDS
from autograder.report.likeness import likeness
from tests.report.samples import BOB, CHECKS, DAN, EVE, KNOWN, NOTHING, failures_of, graded

DIFFERS = "{path}: expected {expected}, found {found}"


def differing(path, expected, found, message=DIFFERS):
    """A verdict with a difference."""
    difference = Difference(path=path, expected=expected, found=found)
    values = {"path": path, "expected": expected, "found": found}
    return Verdict(
        check="c", outcome=Outcome.FAILED, cause=Cause(message=message, values=values, difference=difference)
    )


def raising(error, line="3"):
    """A verdict with an exception."""
    message = "{function} in {file} raised in line {line}: {error}"
    values = {"function": "f", "file": "m.py", "line": line, "error": error}
    return Verdict(check="c", outcome=Outcome.ERRORED, cause=Cause(message=message, values=values))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (differing("x.grad[0]", "2.0", "1.0"), differing("weight.grad[3, 1]", "-1e-05", "nan")),
        (
            differing("out.grad_fn.next_functions[0]", "(AccumulateGrad(x), 0)", "(None, 0)"),
            differing("y.grad_fn.next_functions[1][0].next_functions[1]", "(MulBackward0, 1)", "(None, 0)"),
        ),
        (differing("x", "tensor([1.0, 2.0])", "None"), differing("y (later)", "tensor([3.5])", "None")),
        (differing("f(x, 3)", "True", "False"), differing("f(x, 4)", "True", "False")),
        (differing("log[1][0]", "'y'", "'z'"), differing("log[0][0]", "'leaf'", '"root"')),
        (raising("KeyError: 'x'", "3"), raising("KeyError: 'name'", "88")),
    ],
)
def test_what_differs_in_numbers_names_and_slots_is_alike(one, other):
    """The same mistake shows in other numbers, at other slots and by other names."""
    assert likeness(one) == likeness(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (differing("x.grad", "None", "tensor([1.0])"), differing("x.grad", "tensor([1.0])", "None")),
        (differing("x.grad", "1", "2"), differing("x.shape", "1", "2")),
        (differing("is_a(x)", "True", "False"), differing("is_b(x)", "True", "False")),
        (differing("x", "1", "2"), differing("x", "1", "2", "{path}: expected nothing more, found {found}")),
        (raising("KeyError: 'x'"), raising("TypeError: 'x'")),
        (raising("KeyError: 'x'"), replace(raising("KeyError: 'x'"), outcome=Outcome.CRASHED)),
    ],
)
def test_other_kinds_are_told_apart(one, other):
    """By the step of the path, by both sides, by the sentence, by the outcome."""
    assert likeness(one) != likeness(other)


def test_a_verdict_without_a_cause_is_its_outcome():
    """There is no more to say."""
    assert likeness(Verdict(check="c", outcome=Outcome.CRASHED)) == "crashed"


def test_a_likeness_is_short():
    """Whatever a student's process sent."""
    assert len(likeness(raising("x" * 5000))) == 200


def test_a_misunderstanding_is_told_of_those_who_fail_exactly_so():
    """Eve fails the hidden checks that it names, Dan and Bob others besides or instead."""
    groups = failures_of([BOB, DAN, EVE], known=(KNOWN,)).groups()
    assert [(group.students, group.known) for group in groups] == [(["bob"], None), (["dan"], None), (["eve"], KNOWN)]


def test_how_a_check_ended_is_counted():
    """By outcome; a check that is no longer there counts for nothing."""
    failures = failures_of([BOB, DAN, EVE], checks=CHECKS[:4])
    assert dict(failures.outcomes("test_node::test_constant")) == {Outcome.FAILED: 2, Outcome.UNGRADED: 1}
    assert [group.students for group in failures.of("test_node::test_constant")] == [["bob", "eve"]]


def test_what_is_not_written_is_no_misunderstanding():
    """It is counted by exercise, and is in no group of the class; of its check it is told like any other failure."""
    cause = Cause(message=UNWRITTEN, values={"function": "f", "file": "m.py"})
    failures = failures_of([graded("fay", {"test_loop": (Outcome.ERRORED, cause)})])
    assert failures.unwritten("node.first") == 1
    assert failures.groups() == []
    assert [group.students for group in failures.of("test_node::test_loop")] == [["fay"]]


def test_nothing_printed_is_kept():
    """A class of any size fits into memory."""
    _, verdicts = graded("fay", {"test_loop": (Outcome.FAILED, NOTHING)})
    failures = Failures(CHECKS)
    failures.add("fay", [replace(verdict, output="x" * 1000) for verdict in verdicts])
    (group,) = failures.groups()
    assert group.verdict.output == ""


def test_kinds_without_end_become_one_group():
    """The last: each of its students fails in a way of their own."""
    failures = Failures(CHECKS)
    for number in range(MAX_KINDS + 3):
        verdict = replace(differing(f"x.a{number}", "1", "2"), check=CHECKS[4].id)
        failures.add(f"s{number}", [verdict])
    assert [len(group.students) for group in failures.groups()] == [1] * MAX_KINDS + [3]
    assert failures.groups()[-1].verdict is None
    assert len(failures.of(CHECKS[4].id)) == MAX_KINDS + 1
