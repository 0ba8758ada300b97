"""Answers are given out where the course allows it, and carry their mark."""

from __future__ import annotations

import pytest

from autograder.build.course import load_course
from autograder.build.releasing import release
from autograder.model.errors import CourseError, UsageError
from tests.tiny_course import write_course

ALLOWED = ("course/course.toml", "home_seed = 3", "home_seed = 3\nreleased_earns = 0.5")


def test_answers_are_marked_and_in_every_language(tmp_path):
    """Those of the package; nothing rests on a lesson's."""
    released = release(load_course(write_course(tmp_path, ALLOWED)), ["purse", "purse"])
    assert (released.course, released.earns, len(released.units)) == ("tiny", 0.5, 1)
    answers = released.units[0].answers
    assert {language: list(texts) for language, texts in answers.items()} == {
        "en": ["purse.put", "purse.total"],
        "zh": ["purse.put", "purse.total"],
    }
    assert answers["zh"]["purse.put"].splitlines()[:4] == [
        "    # released: purse.put",
        "    # Said above the method.",
        "    def put(self, coin: Coin) -> None:",
        '        """收下一枚硬币。',
    ]
    assert "worth += coin.cents" in answers["en"]["purse.total"]


def test_a_course_that_does_not_allow_it(tmp_path):
    """The sentence says what would."""
    with pytest.raises(
        CourseError, match=r"course\.toml: the course gives out no answers; write `released_earns = 0\.0`"
    ):
        release(load_course(write_course(tmp_path)), ["purse"])


def test_a_unit_that_is_none(tmp_path):
    """The units are named."""
    with pytest.raises(UsageError, match=r'"wallet" is no unit of this course; its units are purse'):
        release(load_course(write_course(tmp_path, ALLOWED)), ["wallet"])


@pytest.mark.parametrize("share", ["-0.1", "1.5"])
def test_a_share_is_from_0_to_1(tmp_path, share):
    """A released answer can't earn more than an own one."""
    toml = ("course/course.toml", "home_seed = 3", f"released_earns = {share}")
    with pytest.raises(CourseError, match=rf"course\.released_earns is {share}, must be a share from 0 to 1"):
        load_course(write_course(tmp_path, toml))
