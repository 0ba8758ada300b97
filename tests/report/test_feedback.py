"""What a student is told, and what a student can never be told."""

from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace

from autograder.model.check import Visibility
from autograder.model.course import Target
from autograder.model.mark import Action, Mark
from autograder.model.transcript import Graph, GraphNode, GraphRoot
from autograder.model.verdict import Cause, Difference, Outcome
from autograder.report import feedback, feedback_page
from autograder.report.differences import shown
from tests.report.reader import Page
from tests.report.samples import ANN, BOB, CHECKS, COURSE, DAN, FINDING, WRONG_GRAPH, graded

CANARY = "CANARY"


def canary(place: str) -> str:
    """A text that is hidden, with the place where it is."""
    return f"{CANARY}_{place}"


def secret_graph() -> Graph:
    """A graph that was recorded while a hidden check ran."""
    return Graph(
        roots=(GraphRoot(kind="node", node=0),),
        nodes=(GraphNode(name=canary("node"), edges=(), leaf=canary("leaf")),),
    )


SECRET = Cause(
    message="{path}: " + canary("message"),
    values={"path": canary("value")},
    difference=Difference(
        path=canary("path"),
        expected=canary("expected"),
        found=canary("found"),
        line=14,
        graphs=(secret_graph(), Graph(roots=(), nodes=())),
    ),
    traceback=canary("traceback"),
)


def secret_class(outcome: Outcome):
    """Checks and a result in which all that is hidden carries a canary."""
    checks = tuple(
        replace(
            each,
            id=f"{canary('id')}::{each.function}[{canary('parameter')}]",
            source=canary("source"),
            function=canary("function"),
            arguments={canary("argument"): canary("value")},
            file=f"solutions/checks/{canary('file')}.py",
        )
        if each.visibility is Visibility.HIDDEN
        else each
        for each in CHECKS
    )
    result, verdicts = graded("bob", {each.function: (outcome, SECRET) for each in CHECKS if each.points})
    ids = {old.id: new.id for old, new in zip(CHECKS, checks, strict=True)}
    verdicts = tuple(
        replace(each, check=ids[each.check], output=canary("output") if each.cause else "") for each in verdicts
    )
    scores = tuple(replace(score, id=ids[score.id]) for score in result.checks)
    targets = [each.id for each in checks if each.points]
    return replace(result, checks=scores, marks=tuple(map(by_hand, targets))), verdicts, checks


def by_hand(target, **more):
    """A mark with a comment."""
    at = datetime(2026, 3, 1, 12, 5, tzinfo=UTC)
    return Mark(**{"student": "bob", "target": target, "by": "Ada", "at": at, "comment": "Nearly.", **more})


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("outcome", Outcome)
def test_nothing_hidden_reaches_a_student(outcome, language):
    """Sources, ids, parameters, places, causes, values, graphs, tracebacks and output of hidden checks stay here."""
    result, verdicts, checks = secret_class(outcome)
    assert CANARY.encode() in msgspec.json.encode((result, verdicts, checks))
    told = feedback(result, verdicts, checks, COURSE, findings=(FINDING,), language=language)
    assert CANARY.encode() not in msgspec.json.encode(told)
    assert CANARY not in feedback_page(told)
    assert "Nearly." in feedback_page(told)


def test_marks_are_told_with_who_and_when():
    """By the titles of what was marked; a comment that gives no points has none, and what is excused says so."""
    marks = (
        by_hand(CHECKS[0].id),
        by_hand("node", points=1.5, out_of=2.0),
        by_hand(CHECKS[1].id, action=Action.EXCUSED, comment=""),
    )
    text = Page(feedback_page(feedback(replace(BOB[0], marks=marks), BOB[1], CHECKS, COURSE))).text
    assert "An edge without a node is not valid. ✎ by hand Ada, 2026-03-01 12:05 UTC Nearly." in text
    assert "Node ✎ by hand 1.5 / 2 Ada, 2026-03-01 12:05 UTC Nearly." in text
    assert "Two edges to one slot are equal. ✎ by hand excused Ada, 2026-03-01 12:05 UTC" in text


def test_a_hidden_check_is_title_outcome_and_hint():
    """The record has no other field but how many were alike."""
    told = feedback(*BOB, CHECKS, COURSE)
    (hidden,) = told.units[0].hidden
    assert msgspec.structs.asdict(hidden) == {
        "title": "Two edges to one slot are equal.",
        "outcome": Outcome.PASSED,
        "hint": "Think of the empty edge.",
        "count": 1,
    }


def test_hidden_checks_that_are_alike_are_counted():
    """Parameters are hidden, so that checks which differ in them alone become one line."""
    checks = tuple(replace(each, title="One title.") for each in CHECKS)
    told = feedback(*ANN, checks, COURSE)
    assert [check.count for check in told.units[1].hidden] == [2]
    assert "One title. × 2" in Page(feedback_page(told)).text


def test_public_checks_are_told_in_words_and_picture():
    """What differed, where to look, both sides, the picture, its differences in words."""
    page = Page(feedback_page(feedback(*BOB, CHECKS, COURSE, findings=(FINDING,))))
    for told in (
        "expected the same node as AccumulateGrad(x), found another node",
        "Look at out.grad_fn.next_functions[1][0].next_functions[0]",
        "Missing: slot 0 of PowBackward0 should lead to AccumulateGrad(x).",
        "Think of the empty edge.",
        "checks/test_node.py:12",
        "mytorch/node.py is not valid Python from line 3 on: invalid syntax",
    ):
        assert told in page.text
    assert len(page.all("svg")) == 1


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("out.grad_fn.next_functions[1]", "out"),
        ("(x * 2).sum().grad_fn.name()", "(x * 2).sum()"),
        ("gradient_edge(y).function.next_functions[0] (first)", "gradient_edge(y)"),
        ("node.next_functions", "node"),
        ("y (label)", "y"),
    ],
)
def test_the_picture_names_the_root_as_the_check_does(path, root):
    """The expression at which the path starts."""
    cause = replace(WRONG_GRAPH, difference=replace(WRONG_GRAPH.difference, path=path))
    picture = shown(cause, "en").svg
    assert f">{root}</text>" in picture


def test_public_checks_of_one_title_are_told_apart_by_their_parameters():
    """The student has them at home, by these names."""
    old = CHECKS[0]
    new = replace(old, id=f"{old.id}[int]")
    verdicts = (replace(ANN[1][0], check=new.id), *ANN[1][1:])
    told = feedback(ANN[0], verdicts, (new, *CHECKS[1:]), COURSE)
    assert told.units[0].public[0].parameters == "int"
    assert "An edge without a node is not valid. int" in Page(feedback_page(told)).text


def test_what_to_do_next_names_the_code_and_the_lesson():
    """Only exercises that don't pass, and only the first rung of their hints."""
    result, verdicts = graded("gil", {"test_equal": (Outcome.FAILED, SECRET)})
    told = feedback(result, verdicts, CHECKS, COURSE)
    (step,) = told.units[0].next_steps
    assert (step.target, step.hint) == ("mytorch/edge.py::Edge", "Which slot does an Edge name?")
    assert told.units[1].next_steps == ()
    assert "Read again: lessons/01_first_graph.ipynb" in Page(feedback_page(told)).text


def test_an_exercise_of_a_lesson_is_looked_for_in_its_notebook():
    """The module that checks import is made from the notebook; the student has the notebook."""
    unit = COURSE.units[0]
    exercise = replace(unit.exercises[0], target=Target(file="lessons/first_graph.py", qualname="walk"))
    course = replace(COURSE, units=(replace(unit, exercises=(exercise,)), *COURSE.units[1:]))
    result, verdicts = graded("gil", {"test_equal": (Outcome.FAILED, SECRET)})
    (step,) = feedback(result, verdicts, CHECKS, course).units[0].next_steps
    assert step.target == "lessons/01_first_graph.ipynb::walk"


def test_what_is_not_graded_is_no_zero():
    """The student is told that points will follow."""
    told = feedback(*DAN, CHECKS, COURSE)
    assert told.score is None
    assert told.units[1].score is None
    assert "through no fault of yours" in Page(feedback_page(told)).text


def test_feedback_in_chinese():
    """Titles from the course's catalogue, sentences from the machine's, findings too."""
    titles = {"`x` is shared by both products.": "两个乘积共用 `x`。"}
    told = feedback(
        *BOB, CHECKS, COURSE, findings=(FINDING,), language="zh", translate=lambda text: titles.get(text, text)
    )
    page = Page(feedback_page(told))
    for text in (
        "给 bob 的反馈",
        "节点",
        "两个乘积共用 x 。",
        "应与 AccumulateGrad(x) 是同一个节点",
        "想一想空的边。",
        "缺少：",
    ):
        assert text in page.text
    assert "expected" not in page.text


def test_a_student_with_everything_right_has_nothing_to_do():
    """No next step, no finding, full marks."""
    told = feedback(*ANN, CHECKS, COURSE)
    assert (told.score, told.max_score) == (6, 6)
    assert "What to do next" not in Page(feedback_page(told)).text
