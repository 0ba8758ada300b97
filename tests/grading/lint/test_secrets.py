"""The rule about secrets: whatever of the solutions lies in a workspace by mistake is found."""

from __future__ import annotations

import json

import pytest

from autograder.build.course import load_course
from autograder.grading.planning import make_plan
from autograder.sandbox.machine import probe
from tests.grading.lint.places import ANSWER, HIDDEN, PAGE, TITLE

BODY = """\
values = rng.normal(size=7).tolist()
for width in (1, 3, 7, 8):
    see.value(torch.moving_average(values, width), label=f"width {width}")
"""
MINE = f"def mine(values, width, starts):\n    {ANSWER}\n".replace("range(len(values) - width + 1)", "starts")


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        (
            "a.md",
            "See test_any_numbers_at_any_width.",
            'what a hidden check is called, "test_any_numbers_at_any_width"',
        ),
        ("a.md", "Whatever the numbers, whatever the width.", 'what a hidden check is called, "Whatever the numbers'),
        ("a.py", BODY, "the text of the hidden check test_moving::test_any_numbers_at_any_width"),
        ("a.json", json.dumps([BODY]), "the text of the hidden check test_moving::test_any_numbers_at_any_width"),
        (
            "a.py",
            MINE,
            "a statement of an answer, `return [sum(values[start:start + width]) / width for start in starts]",
        ),
    ],
    ids=["name", "title", "body", "quoted", "answer"],
)
def test_what_is_told_of_the_solutions_is_found(told, bend, file, text, words):
    """A check's name, its title, or its body however it is quoted; a statement of an answer."""
    bend(f"course/workspace/{file}", "", text)
    english, chinese = told("nothing-hidden")
    assert english.startswith(f"course: expected nothing hidden in the workspace's {file} (en), found {words}")
    assert chinese.startswith(f"course: expected nothing hidden in the workspace's {file} (zh), found {words}")


def test_a_hidden_value_is_found(told, bend, course):
    """A number that only hidden checks expect is in no workspace."""
    plan = make_plan(load_course(course / "course"), probe().level)
    hidden = next(plan.expected[check.id] for check in plan.checks if check.points)
    number = hidden.entries[0].observation.value.items[0].data
    bend("course/workspace/numbers.txt", "", f"try {number}\n")
    words = f"a value that test_moving::test_any_numbers_at_any_width expects, {abs(number)}"
    assert words in told("nothing-hidden")[0]


def test_a_file_of_the_solutions_is_found(told, bend, course):
    """A copy of what is not given is found, whatever it is called."""
    bend("course/workspace/notes.txt", "", (course / "solutions/demo.toml").read_text("utf-8"))
    assert "found the solutions' demo.toml; take it out of the course's folder" in told("nothing-hidden")[0]


def test_a_folder_of_the_author_is_found(told, bend, course):
    """Where the course lies on its author's machine is nobody's business."""
    bend(PAGE, TITLE, f"{course}/solutions\n{TITLE}")
    assert f'found a folder of this machine, "{course}/solutions"' in told("nothing-hidden")[0]


def test_what_a_public_check_shows_is_no_secret(told, bend):
    """A hidden check may share its title with a public one."""
    bend(HIDDEN, "Whatever the numbers, whatever the width.", "There is one average for each window, in order.")
    assert told("nothing-hidden") == []
