"""A small course, its checks, and students whose results have a bit of everything."""

from __future__ import annotations

from pathlib import Path

from autograder.model.check import Check, Truth, Visibility
from autograder.model.course import Course, Exercise, Target, Unit
from autograder.model.misunderstanding import Misunderstanding
from autograder.model.result import CheckScore, FindingLine, Result, UnitScore
from autograder.model.submission import Finding, Severity
from autograder.model.transcript import (
    Alive,
    Count,
    Entry,
    Grad,
    Identical,
    Order,
    PlainValue,
    Raised,
    Seen,
    Transcript,
)
from autograder.model.verdict import Cause, Difference, Outcome, Verdict
from autograder.report import Failures, Roll, Site
from tests.drawing.graphs import SUM, TWICE

TITLES = {"edge": ("Edge", "边"), "node": ("Node", "节点")}


def _unit(name: str, lesson: str | None) -> Unit:
    en, zh = TITLES[name]
    hints = {"en": (f"Which slot does an {en} name?", "Near the answer."), "zh": (f"{zh}指向哪个槽位？", "接近答案。")}
    exercise = Exercise(
        id=f"{name}.first", unit=name, target=Target(file=f"mytorch/{name}.py", qualname=en), hints=hints
    )
    return Unit(id=name, title={"en": en, "zh": zh}, lesson=lesson, exercises=(exercise,))


COURSE = Course(
    id="sample",
    title={"en": "Autograd from inside", "zh": "从内部看自动求导"},
    languages=("en", "zh"),
    package="mytorch",
    root=Path("/course"),
    solutions=Path("/solutions"),
    units=(_unit("edge", "01_first_graph"), _unit("node", None)),
)


def check(name: str, unit: str, visibility: Visibility, title: str, source: str = "def test(): ...") -> Check:
    """A check of a unit's only exercise."""
    is_hidden = visibility is Visibility.HIDDEN
    return Check(
        id=f"test_{unit}::{name}",
        exercise=f"{unit}.first",
        title=title,
        visibility=visibility,
        points=2.0 if is_hidden else 0.0,
        truth=Truth.TORCH,
        file=f"{'solutions' if is_hidden else 'course'}/checks/test_{unit}.py",
        line=12,
        source=source,
        function=name,
        hints={"en": "Think of the empty edge.", "zh": "想一想空的边。"},
    )


CHECKS = (
    check("test_empty", "edge", Visibility.PUBLIC, "An edge without a node is not valid."),
    check("test_equal", "edge", Visibility.HIDDEN, "Two edges to one slot are equal."),
    check("test_shared", "node", Visibility.PUBLIC, "`x` is shared by both products."),
    check("test_constant", "node", Visibility.HIDDEN, "A constant has no node."),
    check("test_loop", "node", Visibility.HIDDEN, "A long chain ends."),
)

WRONG_GRAPH = Cause(
    message="{path}: expected the same node as {expected}, found another node",
    values={"path": "out.grad_fn.next_functions[1][0].next_functions[0]", "expected": "AccumulateGrad(x)"},
    difference=Difference(
        path="out.grad_fn.next_functions[1][0].next_functions[0]",
        expected="(<AccumulateGrad x>, 0)",
        found="(<AccumulateGrad>, 0)",
        line=14,
        graphs=(SUM, TWICE),
    ),
)
NOTHING = Cause(
    message="{path}: expected {expected}, found nothing",
    values={"path": "out.grad_fn.next_functions[1]", "expected": "(None, 0)"},
    difference=Difference(path="out.grad_fn.next_functions[1]", expected="(None, 0)", found=None, line=14),
)
TRACEBACK = 'Traceback (most recent call last):\n  File "mytorch/node.py", line 31, in apply\nZeroDivisionError: no'
RAISED = Cause(message="the check raised: {error}", values={"error": "ZeroDivisionError: no"}, traceback=TRACEBACK)
EXPECTED = Transcript(
    entries=(
        Entry(line=1, observation=SUM),
        Entry(line=1, observation=Count(count=3), label="nodes"),
        Entry(line=1, observation=Seen(value=PlainValue(type="int", data=7))),
        Entry(line=1, observation=Grad(value=None)),
        Entry(line=1, observation=Raised(type=None)),
        Entry(line=1, observation=Raised(type="ValueError")),
        Entry(line=1, observation=Raised(type="ValueError", text="no")),
        Entry(line=1, observation=Order(events=("a", "b"))),
        Entry(line=1, observation=Alive(is_alive=True)),
        Entry(line=1, observation=Identical(is_identical=False)),
    )
)
SLOW = Cause(message="the check was stopped after {limit} s", values={"limit": "2"})


def graded(student: str, causes: dict[str, tuple[Outcome, Cause]], findings=()) -> tuple[Result, tuple[Verdict, ...]]:
    """A student's result and verdicts: `causes` by the check's function name, all other checks passed."""
    verdicts = []
    scores = []
    for each in CHECKS:
        outcome, cause = causes.get(each.function, (Outcome.PASSED, None))
        verdicts.append(Verdict(check=each.id, outcome=outcome, cause=cause, output="", cpu_s=0.01))
        points = None if outcome is Outcome.UNGRADED else each.points * (outcome is Outcome.PASSED)
        scores.append(
            CheckScore(
                id=each.id,
                exercise=each.exercise,
                unit=each.exercise.split(".")[0],
                title=each.title,
                visibility=each.visibility,
                points=points,
                max_points=each.points,
                outcome=outcome,
                cause=str(cause) if cause else None,
            )
        )
    units = tuple(
        UnitScore(
            id=unit.id,
            score=sum(score.points or 0 for score in scores if score.unit == unit.id),
            max_score=sum(score.max_points for score in scores if score.unit == unit.id),
        )
        for unit in COURSE.units
    )
    result = Result(
        student=student,
        score=sum(unit.score for unit in units),
        max_score=sum(unit.max_score for unit in units),
        units=units,
        checks=tuple(scores),
        findings=tuple(FindingLine(severity=each.severity, file=each.file, message=str(each)) for each in findings),
        level="namespaces",
    )
    return result, tuple(verdicts)


FINDING = Finding(
    severity=Severity.PROBLEM,
    file="mytorch/node.py",
    message="{file} is not valid Python from line {line} on: {error}",
    values={"line": "3", "error": "invalid syntax"},
)
ANN = graded("ann", {})
BOB = graded(
    "bob",
    {
        "test_shared": (Outcome.FAILED, WRONG_GRAPH),
        "test_constant": (Outcome.FAILED, NOTHING),
        "test_loop": (Outcome.TIMED_OUT, SLOW),
    },
    (FINDING,),
)
CLEO = graded("cleo", {"test_empty": (Outcome.ERRORED, RAISED), "test_equal": (Outcome.FAILED, NOTHING)})
DAN = graded("dan", {"test_constant": (Outcome.UNGRADED, SLOW), "test_loop": (Outcome.FAILED, NOTHING)})
EVE = graded("eve", {"test_constant": (Outcome.FAILED, NOTHING)})
CLASS = (ANN, BOB, CLEO, DAN, EVE)
RESULTS = tuple(result for result, _ in CLASS)

KNOWN = Misunderstanding(
    exercise="node.first",
    says={"en": "Empty edges are left out.", "zh": "空边被省去了。"},
    fails=frozenset({"test_node::test_constant"}),
    likeness="….next_functions[#]: expected (None, #), found nothing",
    mutant="node/drops_empty_edges.py",
)


def roll_of(students=CLASS, checks=CHECKS, known=()) -> Roll:
    """A class, gathered."""
    roll = Roll(checks, known)
    for result, verdicts in students:
        roll.add(result, verdicts)
    return roll


def failures_of(students=CLASS, checks=CHECKS, known=()) -> Failures:
    """What goes wrong in a class."""
    return roll_of(students, checks, known).failures


def site(language="en", checks=CHECKS, students=(), **more) -> Site:
    """The pages of a class; every check has one, and these students."""
    return Site(
        course=COURSE,
        checks=tuple(checks),
        language=language,
        student_pages={student: f"students/{student}.html" for student in students},
        check_pages={each.id: f"checks/{each.function}.html" for each in checks},
        **more,
    )
