"""Known misunderstandings are read, or refused with file and entry."""

import pytest

from autograder.build.course import load_course
from autograder.build.misunderstandings import FILE, read_misunderstandings
from autograder.model.errors import CourseError
from tests.tiny_course import write_course

ENTRY = """\
[[misunderstanding]]
exercise = "purse.put"
says.en = "A coin is spent at once."
says.zh = "硬币马上就花掉。"
fails = ["test_secret::test_a_secret_coin"]
likeness = "…: expected #, found #"
"""


@pytest.fixture
def course(tmp_path):
    """A course without any."""
    return load_course(write_course(tmp_path))


def test_what_is_known_is_read(course):
    """Both languages, and by what one knows it."""
    (course.solutions / FILE).write_text(ENTRY, encoding="utf-8")
    (known,) = read_misunderstandings(course)
    assert known.says == {"en": "A coin is spent at once.", "zh": "硬币马上就花掉。"}
    assert known.fails == {"test_secret::test_a_secret_coin"}


def test_a_course_may_know_none(course):
    """Without the file there are none."""
    assert read_misunderstandings(course) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[", "misunderstandings.toml: Invalid initial character"),
        (ENTRY.replace("likeness", "likely"), "misunderstandings.toml: Object .* field `like"),
        (ENTRY.replace("purse.put", "purse.pull"), 'entry 1: no exercise is "purse.pull"; take an id of course.toml'),
        (ENTRY.replace("says.zh", "says.fr"), "entry 1: says nothing in zh; write says.zh"),
    ],
)
def test_a_wrong_file_is_the_courses_fault(course, text, told):
    """The sentence names the file, the entry and what to write."""
    (course.solutions / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=told):
        read_misunderstandings(course)


def test_a_file_that_cannot_be_read_is_told(course):
    """It is a folder."""
    (course.solutions / FILE).mkdir()
    with pytest.raises(CourseError, match=r"can't be read \(.*\); make it readable, or remove it"):
        read_misunderstandings(course)
