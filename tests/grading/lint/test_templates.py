"""Rules about templates, exercises and translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.model.errors import CourseError
from tests.grading.lint.places import EXERCISE, HIDDEN, LESSON, PUBLIC, SKELETON, TOML


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (SKELETON, EXERCISE, "", "lacks the exercises moving.average"),
        (SKELETON, EXERCISE, EXERCISE * 2, 'exercise "moving.average" is there twice'),
        (SKELETON, EXERCISE, EXERCISE.replace("average", "sum"), 'course.toml has no exercise "moving.sum"'),
        (LESSON, "<% zh %>\n## 你自己的函数", "## 你自己的函数", "the block that begins here lacks zh"),
    ],
    ids=["missing", "twice", "stray", "language"],
)
def test_what_cannot_be_built_is_found(told, bend, file, old, new, words):
    """A template without its exercise, with another's, or without a language names itself."""
    bend(file, old, new)
    [sentence] = told("builds")
    assert sentence.startswith(file)
    assert words in sentence


@pytest.mark.parametrize("file", ["course/skeletons/left.py.jinja", "course/lessons/02_left.md.jinja"])
def test_a_template_of_nothing_is_found(told, bend, file):
    """A template that no unit names would be forgotten."""
    bend(file, "", "left\n")
    [sentence] = told("strays")
    assert sentence == (
        f"{file}: expected a template that a unit names, found one that nothing is made of;"
        " name it in course.toml, or remove it [strays]"
    )


def test_a_stub_that_is_no_python_is_found(told, bend):
    """What a starter says must be Python at every level."""
    bend(SKELETON, EXERCISE, '<% call exercise("moving.average") %>\nreturn (\n<% endcall %>')
    sentences = told("python")
    assert len(sentences) == 6
    assert sentences[0].startswith(f"{SKELETON}: expected Python, found none ('(' was never closed, line 13) in en")


def test_a_page_that_is_no_python_is_found_where_it_lies(told, bend, course):
    """So is a file with null bytes, and the other rules are looked after all the same."""
    bend("course/workspace/extra.py", "", "x =\n")
    (course / "course/workspace/null.py").write_bytes(b"x = 1\0")
    (course / "course/workspace/latin.md").write_bytes(b"caf\xe9")
    (course / "course/workspace/none.ipynb").write_bytes(b"none")
    first, second, *_ = sentences = told()
    assert len(sentences) == 12
    assert first.startswith("course/workspace/extra.py: expected Python, found none (invalid syntax, line 1) in en at")
    assert second.startswith("course/workspace/null.py: expected Python, found none (source code string cannot contain")


@pytest.mark.parametrize("file", ["course/checks/test_moving.py", "solutions/averages/moving.py", SKELETON, LESSON])
def test_a_file_that_is_no_text_is_told_and_nothing_else(told, course, file):
    """It ends no rule in a traceback, and hides behind no other finding."""
    (course / file).write_bytes(b"caf\xe9")
    try:
        sentences = told()
    except CourseError as error:  # what an exercise is cut out of is read with course.toml
        sentences = [str(error)]
    assert sentences
    assert all(Path(file).name in sentence and "utf-8" in sentence.lower() for sentence in sentences)


def test_a_skeleton_that_drifts_from_the_reference_is_found(told, bend):
    """With answers a skeleton is the reference to the letter, in another language its code."""
    bend(SKELETON, EXERCISE, f"{EXERCISE}\n\nWIDTH = 3\n")
    first, second = told("answers-are-the-reference")
    assert first.startswith(f"{SKELETON}: expected the reference's text, found another; take what")
    assert "expected the reference's code, found other code in zh" in second


def test_a_translated_skeleton_differs_in_prose_alone(told, bend):
    """A reference's docstring that changed is no drift, only a translation that is missing."""
    bend("solutions/averages/moving.py", "of a series.", "of numbers.")
    assert told("answers-are-the-reference") == []


def test_a_cell_in_one_language_alone_is_found(told, bend):
    """Code cells are the same in all languages."""
    bend(LESSON, "<% zh %>\n## 你自己", "\n```python\n1\n```\n\n<% zh %>\n## 你自己")
    [sentence] = told("same-cells")
    assert sentence.startswith(f"{LESSON}: expected the same cells and code in en and zh, found others; keep code")


def test_an_exercise_without_hints_is_found(told, course):
    """The finding says what to write, and in which languages."""
    toml = course / TOML
    toml.write_text(toml.read_text("utf-8").partition("hints.en")[0], "utf-8")
    [sentence] = told("hints")
    assert sentence.startswith(f'{TOML}: expected hints for "moving.average", found none; write hints.en and hints.zh')


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (PUBLIC, 'course/checks: expected a public check of "moving.average", found none; write a check there with'),
        (HIDDEN, 'solutions/checks: expected a hidden check of "moving.average", found none; write a check there with'),
    ],
    ids=["public", "hidden"],
)
def test_an_exercise_without_checks_is_found(told, bend, file, words):
    """An exercise is guided by a public check, and earns points by a hidden one."""
    bend(file, "def test_", "def look_")
    [sentence] = told("checks")
    assert sentence.startswith(words)


def test_a_missing_and_a_stale_translation_are_found(told, bend):
    """A text that changed lacks its translation, and the old one translates what is nowhere."""
    bend(PUBLIC, "in order.\n", "in turn.\n")
    missing, stale = told("translations")
    assert missing.startswith(f'{PUBLIC}: no translation into zh: "There is one average for each window, in turn."')
    assert stale.startswith(
        'course/locale/zh.po: translates what is nowhere: "There is one average for each window, in order."'
    )
