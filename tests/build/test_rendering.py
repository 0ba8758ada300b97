"""Templates become skeletons, lessons and other files, or a fault with file and line."""

from __future__ import annotations

import json

import nbformat
import pytest

from autograder.build.course import load_course
from autograder.build.edition import Edition, edition_of
from autograder.build.lessons import render_lesson
from autograder.build.skeletons import render_skeleton
from autograder.build.stubs import Level
from autograder.build.templates import render
from autograder.model.errors import CourseError
from tests.tiny_course import PURSE, write_course

SKELETON = "course/skeletons/purse.py.jinja"
LESSON = "course/lessons/01_first_coins.md.jinja"
MODULE = "pocket/purse.py"


@pytest.fixture
def course(tmp_path):
    """The tiny course, loaded."""
    return load_course(write_course(tmp_path))


def test_answers_equal_the_reference(course):
    """A skeleton rendered with answers is the reference's module to the letter."""
    assert render_skeleton(course, MODULE, Edition(language="en", answers=True)) == PURSE


def test_stubs_stand_in_the_place_of_answers(course):
    """A skeleton has stubs, the given pieces, and the starter body in the template's language."""
    text = render_skeleton(course, MODULE, edition_of(course, "zh", Level.GUIDED))
    assert text.startswith('"""一袋硬币。"""\n')
    assert "        # 钱包记住它。\n        raise NotImplementedError\n\n\ndef total" in text
    assert text.endswith("    # 从零开始。\n    # Each coin counts once.\n    # 开头。\n    return EMPTY\n")


SKELETON_FAULTS = [
    (
        '<%= exercise("purse.put") %>',
        '<%= exercise("purse.take") %>',
        r':10: course\.toml has no exercise "purse\.take"',
    ),
    (
        '<%= exercise("purse.put") %>',
        '<%= exercise("first_coins.largest") %>',
        ":10: .* belongs to lessons/first_coins.py",
    ),
    (
        '<%= exercise("purse.put") %>',
        '<%= exercise("purse.put") %><%= exercise("purse.put") %>',
        ":10: .* is there twice",
    ),
    ('    <%= exercise("purse.put") %>\n', "", r": lacks the exercises purse\.put; write <%= exercise"),
    ('given("EMPTY")', 'given("FULL")', r':3: .*purse\.py has no piece "FULL"'),
    ('given("EMPTY")', "given()", ":3: .*missing 1 required positional argument"),
    ('given("EMPTY")', "EMPTY", ":3: 'EMPTY' is undefined"),
    ("<% zh %>\n# 开头。\n", "", ":14: the block that begins here lacks zh"),
    ("<% zh %>", "<% en %>", ':14: the block has "en" twice'),
    ("<% endcall %>", "", ":13: |Unexpected end of template"),
]


@pytest.mark.parametrize(("old", "new", "message"), SKELETON_FAULTS, ids=range(len(SKELETON_FAULTS)))
def test_a_fault_of_a_template_is_named_with_file_and_line(tmp_path, old, new, message):
    """Whatever is wrong with a template is one sentence that says where."""
    course = load_course(write_course(tmp_path, (SKELETON, old, new)))
    with pytest.raises(CourseError, match=r"purse\.py\.jinja" + message):
        render_skeleton(course, MODULE, Edition(language="en"))


def test_a_missing_template_is_named(course):
    """A template that isn't there is a fault."""
    with pytest.raises(CourseError, match=r"gone\.jinja: the template is missing"):
        render(course, course.root / "gone.jinja", Edition(language="en"))


def test_a_template_in_another_encoding_is_named(course):
    """Templates are UTF-8."""
    (course.root / "odd.jinja").write_bytes(b"\xff")
    with pytest.raises(CourseError, match=r"odd\.jinja: is not UTF-8"):
        render(course, course.root / "odd.jinja", Edition(language="en"))


def test_delimiters_of_other_templates_pass_through(course):
    """What Python and Markdown write themselves is no template syntax."""
    (course.root / "x.jinja").write_text("{{ a }} {% b %} {# c #} %>\n<%# gone %>\n", encoding="utf-8")
    assert render(course, course.root / "x.jinja", Edition(language="en")) == "{{ a }} {% b %} {# c #} %>\n"


def test_a_lesson_is_a_notebook(course):
    """A lesson is a valid notebook with stable ids, exercise metadata and no outputs, the same bytes each time."""
    text = render_lesson(course, "01_first_coins", edition_of(course, "zh"))
    assert text == render_lesson(course, "01_first_coins", edition_of(course, "zh"))
    nbformat.validate(nbformat.reads(text, as_version=4))
    cells = json.loads(text)["cells"]
    assert [cell["id"] for cell in cells] == [
        "section-1-1", "section-1-2", "section-2-1", "first_coins-largest", "section-2-3",
    ]  # fmt: skip
    assert cells[3]["metadata"] == {"exercise": "first_coins.largest"}
    assert "".join(cells[3]["source"]).endswith('"""The largest."""\n    raise NotImplementedError')
    assert "".join(cells[1]["source"]) == 'coins = [1, 2]  # 单位：分\nprint("coins:", coins)'
    assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python3"


def test_a_starter_in_a_lesson(tmp_path):
    """A lesson's exercise may begin with a starter body as well."""
    call = '<% call exercise("first_coins.largest") %>\nreturn 0\n<% endcall %>'
    course = load_course(write_course(tmp_path, (LESSON, '<%= exercise("first_coins.largest") %>', call)))
    cells = json.loads(render_lesson(course, "01_first_coins", Edition(language="en")))["cells"]
    assert "".join(cells[3]["source"]).endswith("    return 0")


def test_a_cell_that_is_not_python_is_named(tmp_path):
    """A code cell that doesn't parse is a fault with the cell's id."""
    course = load_course(write_course(tmp_path, (LESSON, "coins = [1, 2]", "coins = [1, 2")))
    with pytest.raises(CourseError, match=r"01_first_coins\.md\.jinja: cell section-1-2: line 1 is not Python"):
        render_lesson(course, "01_first_coins", Edition(language="en"))


def test_a_lesson_without_exercises_names_none(tmp_path):
    """An exercise in a lesson that has none is a fault."""
    entry = '\n[[unit.exercise]]\nid = "first_coins.largest"\ntarget = "lessons/first_coins.py::largest"\n'
    course = load_course(write_course(tmp_path, ("course/course.toml", entry, "")))
    with pytest.raises(CourseError, match=r'course\.toml has no exercise "first_coins\.largest" in this lesson'):
        render_lesson(course, "01_first_coins", Edition(language="en"))
