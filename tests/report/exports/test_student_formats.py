"""Formats that students come to see: each fits its schema or its example, and keeps what hidden checks hold."""

import base64
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import ValidationError, validate
from msgspec.structs import replace

from autograder.model.mark import Action
from autograder.model.shown import Shown
from autograder.model.verdict import Outcome
from autograder.report.exports.github_classroom import github_classroom
from autograder.report.exports.gradescope import gradescope_json
from autograder.report.exports.junit import junit_xml
from autograder.report.exports.lines import lines
from tests.report.exports.classes import (
    ALL,
    HALF,
    MARKED,
    MIXED,
    OPEN,
    SECRET,
    STOPPED,
    WHOLE,
    by_hand,
    hidden,
    result,
)

SCHEMAS = Path(__file__).parent


def schema(name):
    """A schema of this folder."""
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def unpacked(text):
    """What GitHub's reporter reads."""
    return json.loads(base64.b64decode(text))


def shown_tests(one, **options):
    """Gradescope's tests by name."""
    return {test["name"]: test for test in json.loads(gradescope_json(one, **options))["tests"]}


# ---- the promise


def formats(one):
    """Every format, as text."""
    classroom = json.dumps(unpacked(github_classroom(one)))
    return [classroom, junit_xml(one).decode(), *(gradescope_json(one, shown).decode() for shown in Shown)]


@pytest.mark.parametrize("one", ALL)
def test_nothing_of_the_hidden_pass_is_told(one):
    """Neither ids and parameters of hidden checks, nor anything that the candidate produced in them."""
    for text in formats(one):
        assert SECRET not in text


def test_hidden_checks_are_told_by_title_outcome_and_points():
    """Those of one title are one line."""
    told = {line.name: (line.outcome, line.points, line.max_points, line.why) for line in lines(MIXED, "en")[2:]}
    assert told == {
        "Gradients are added.": (Outcome.FAILED, 1, 2, "failed (1/2)"),
        "Nothing is freed twice.": (Outcome.TIMED_OUT, 0, 2.5, "took too long"),
        "Hooks run once.": (Outcome.PASSED, 1, 1, ""),
    }


def test_a_hidden_check_without_a_title_is_told_by_its_exercise():
    """Results that were written before titles were kept."""
    assert lines(result(hidden("test_a", "")), "en")[0].name == "node.apply"


def test_public_checks_are_told_with_parameters_and_cause():
    """The student has them at home."""
    assert [(line.name, line.why.partition(":")[0]) for line in lines(MIXED, "en")[:2]] == [
        ("A node has a name. [long]", ""),
        ("A node has edges.", "n.next_functions[0]"),
    ]


def test_an_ungraded_check_has_no_points_and_goes_before_a_failed_one():
    """It is never a zero."""
    both = result(hidden("test_a", "T", Outcome.FAILED), hidden("test_b", "T", Outcome.UNGRADED))
    (line,) = lines(both, "en")
    assert (line.points, line.outcome) == (None, Outcome.UNGRADED)


def test_outcomes_are_told_in_the_students_language():
    """As on feedback pages."""
    assert shown_tests(MIXED, language="zh")["Nothing is freed twice."]["output"] == "超时"


# ---- by hand


@pytest.mark.parametrize("one", [each for each in ALL if each is not OPEN])
def test_the_points_of_all_lines_are_the_score(one):
    """With marks beside the checks and what the course's rules take off."""
    told = lines(one, "en")
    assert sum(line.points for line in told) == one.score
    assert sum(line.max_points for line in told) == one.max_score


def test_marks_are_told_with_their_comments():
    """Those on checks at their checks, those beside them and the course's rules on lines of their own."""
    assert [(line.name, line.outcome, line.points, line.told) for line in lines(MARKED, "en")] == [
        ("Gradients are added.", Outcome.FAILED, 1, "failed\nby hand 1 / 2: Nearly, but <see> why."),
        ("Hooks run once.", Outcome.PASSED, 0, "excused"),
        ("A node has a name.", Outcome.PASSED, 0, "by hand: A good name."),
        ("node", Outcome.FAILED, 2, "by hand 2 / 3: Well said."),
        ("rule: handed in late: 33 percent less", Outcome.PASSED, -1, ""),
    ]


@pytest.mark.parametrize("target", [HALF.id, HALF.exercise, HALF.unit])
def test_what_is_excused_is_held_against_nobody(target):
    """Neither a check nor one of an exercise or a unit that is excused."""
    one = replace(MARKED, checks=(replace(HALF, max_points=0.0),), marks=(by_hand(target, action=Action.EXCUSED),))
    assert lines(one, "en")[0].outcome is Outcome.PASSED


def test_full_points_by_hand_make_a_check_pass():
    """Whatever its verdict is."""
    one = replace(MARKED, checks=(replace(HALF, points=2.0),), marks=(by_hand(HALF.id, 2.0),))
    assert [(line.outcome, line.told) for line in lines(one, "en")[:1]] == [(Outcome.PASSED, "by hand 2 / 2")]


@pytest.mark.parametrize("comment", ["Nearly, but <see> why.", "A good name.", "Well said."])
def test_comments_by_hand_stand_in_every_format(comment):
    """As they were written, whatever the format makes of their signs."""
    read = [json.dumps(unpacked(github_classroom(MARKED))), "".join(ET.fromstring(junit_xml(MARKED)).itertext())]
    assert all(comment in text for text in [*read, gradescope_json(MARKED).decode()])


def test_a_mark_is_shown_with_the_feedback():
    """Gradescope hides hidden checks as it is told to, and never what the instructor says beside them."""
    tests = shown_tests(MARKED, hidden=Shown.HIDDEN)
    assert (tests["node"]["visibility"], tests["node"]["score"]) == ("visible", 2)
    assert "score" not in tests["A node has a name."]


# ---- Gradescope


SPECIFIED = {
    "score": 44.0,
    "execution_time": 136,
    "output": "words",
    "output_format": "simple_format",
    "test_output_format": "text",
    "test_name_format": "text",
    "visibility": "after_due_date",
    "stdout_visibility": "visible",
    "extra_data": {},
    "tests": [
        {
            "score": 2.0,
            "max_score": 2.0,
            "status": "passed",
            "name": "words",
            "name_format": "text",
            "number": "1.1",
            "output": "words",
            "output_format": "text",
            "tags": ["a", "b"],
            "visibility": "visible",
            "extra_data": {},
        }
    ],
    "leaderboard": [
        {"name": "Accuracy", "value": 0.926},
        {"name": "Time", "value": 15.1, "order": "asc"},
        {"name": "Stars", "value": "*****"},
    ],
}


@pytest.mark.parametrize("one", ALL)
@pytest.mark.parametrize("shown", Shown)
def test_gradescope_accepts_it(one, shown):
    """By the specification, as a schema.

    Source: gradescope-autograders.readthedocs.io/en/latest/specs, "Output format"; its text in docs/specs.md of
    github.com/gradescope/autograder_samples. A score at the top overrides the sum of the tests'.
    """
    validate(json.loads(gradescope_json(one, shown)), schema("gradescope.schema.json"))


@pytest.mark.parametrize(
    "example",
    [
        SPECIFIED,
        {"score": 1},
        {"tests": [{"score": 1}]},
        {key: value for key, value in SPECIFIED.items() if key != "score"},
    ],
)
def test_gradescopes_schema_accepts_what_is_specified(example):
    """Every field that the specification's example has, with a value of its type; a score at the top or at each test.

    Source: as above.
    """
    validate(example, schema("gradescope.schema.json"))


@pytest.mark.parametrize(
    "change",
    [
        {"visibility": "never"},
        {"score": "44"},
        {"scores": 1},
        {"tests": [{"status": "error"}]},
        {"tests": [{"number": 1.1}]},
        {"output_format": "markdown"},
        {"leaderboard": [{"name": "Time"}]},
    ],
)
def test_gradescopes_schema_refuses_what_is_not(change):
    """So that a test above means something."""
    with pytest.raises(ValidationError):
        validate(SPECIFIED | change, schema("gradescope.schema.json"))


def test_gradescope_needs_a_score_somewhere():
    """At the top, or at each test. Source: as above."""
    with pytest.raises(ValidationError):
        validate({"tests": [{"score": 1}, {"name": "x"}]}, schema("gradescope.schema.json"))


def test_gradescope_shows_hidden_checks_when_it_is_told_to():
    """After publication, unless another word is given; public checks always."""
    assert {name: test["visibility"] for name, test in shown_tests(MIXED).items()} == {
        "A node has a name. [long]": "visible",
        "A node has edges.": "visible",
        "Gradients are added.": "after_published",
        "Nothing is freed twice.": "after_published",
        "Hooks run once.": "after_published",
    }
    assert shown_tests(MIXED, hidden=Shown.HIDDEN)["Hooks run once."]["visibility"] == "hidden"


def test_gradescope_has_the_score_and_the_findings():
    """Points stand at hidden checks only, the others give none."""
    told = json.loads(gradescope_json(MIXED))
    assert (told["score"], told["output"]) == (2.0, "mytorch/node.py was changed\nhanded in late")
    assert [(test.get("score"), test.get("max_score")) for test in told["tests"]] == [
        (None, None),
        (None, None),
        (1.0, 2.0),
        (0.0, 2.5),
        (1.0, 1.0),
    ]


def test_gradescope_gets_no_zero_for_what_is_not_graded():
    """The test has no score, and says why."""
    test = shown_tests(OPEN)["Hooks run once."]
    assert "score" not in test
    assert test["output"] == "not graded yet"


# ---- GitHub Classroom


@pytest.mark.parametrize("one", ALL)
def test_github_classroom_accepts_it(one):
    """It is base64 of what the reporter reads.

    Source: src/main.js of github.com/classroom-resources/autograding-grading-reporter decodes `<STEP>_RESULTS`; the
    fields of a test are filled by runner/__init__.py of github.com/classroom-resources/autograding-python-grader.
    """
    validate(unpacked(github_classroom(one)), schema("github_classroom.schema.json"))


def reported(results):
    """What GitHub's reporter prints of each test: its name or, of an error, the message; then its code.

    Source: src/console-results.js of github.com/classroom-resources/autograding-grading-reporter. A line number that is
    0 is not printed; one that is missing is printed as undefined.
    """
    for test in results["tests"]:
        failed = f"Failed to run test '{test['name']}'"
        head = f"Error: {test['message'] or failed}" if test["status"] == "error" else test["name"]
        yield head if test["line_no"] == 0 else f"{head} - line {test['line_no']}"
        if test["test_code"]:
            yield f"Test code:\n{test['test_code']}"


def test_github_classroom_shows_why_a_test_failed():
    """Once, although its reporter prints no message of a failed test."""
    shown = "\n".join(reported(unpacked(github_classroom(MIXED))))
    for why in ("n.next_functions[0]: expected (None, 0),", "failed (1/2)", "took too long"):
        assert shown.count(why) == 1
    assert "Nearly, but <see> why." in "\n".join(reported(unpacked(github_classroom(MARKED))))


@pytest.mark.parametrize("one", ALL)
def test_github_classroom_reports_points_that_add_up(one):
    """Of a maximum, and of tests of which each has a number.

    Source: src/notify-classroom.js of github.com/classroom-resources/autograding-grading-reporter sums `score` of all
    tests, of `max_score`, and reports nothing where that is 0.
    """
    told = unpacked(github_classroom(one))
    assert round(sum(test["score"] for test in told["tests"]), 3) == round(one.score, 3)
    assert told["max_score"] == one.max_score


def test_github_classroom_adds_up_the_score():
    """The reporter shows the sum of the tests' scores of the maximum."""
    told = unpacked(github_classroom(MIXED))
    assert (sum(test["score"] for test in told["tests"]), told["max_score"]) == (2.0, 5.5)
    assert [test["status"] for test in told["tests"]] == ["pass", "fail", "fail", "error", "pass"]


@pytest.mark.parametrize(("one", "status"), [(WHOLE, "pass"), (MIXED, "fail"), (STOPPED, "fail"), (OPEN, "error")])
def test_github_classroom_is_told_how_it_ended(one, status):
    """An error is the grader's."""
    assert unpacked(github_classroom(one))["status"] == status


@pytest.mark.parametrize("one", ALL)
def test_the_same_result_gives_the_same_bytes(one):
    """No time, no name of a machine."""
    assert formats(one) == formats(one)
