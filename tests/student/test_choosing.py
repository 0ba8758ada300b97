"""What a word on the command line stands for, and what comes before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from autograder.checks.needs import needed_units
from autograder.model.errors import UsageError
from autograder.student.choosing import chosen, chosen_exercise, needed_first

if TYPE_CHECKING:
    from autograder.model.workspace import Home


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        (None, ("sums.twice", "sums.Box.size", "powers.fourfold", "play.half")),
        ("powers", ("powers.fourfold", "play.half")),
        ("2", ("powers.fourfold", "play.half")),
        ("sums.twice", ("sums.twice",)),
        ("sums.py", ("sums.twice", "sums.Box.size")),
        ("tiny/sums.py", ("sums.twice", "sums.Box.size")),
        ("tiny/sums.py::twice", ("sums.twice",)),
        ("Box.size", ("sums.Box.size",)),
        ("size", ("sums.Box.size",)),
        ("play", ("play.half",)),
        ("01_play", ("play.half",)),
        ("lessons/01_play.ipynb", ("play.half",)),
    ],
)
def test_a_name_is_a_unit_lesson_file_function_or_everything(
    home: Home, name: str | None, meant: tuple[str, ...]
) -> None:
    """The exercises come in the course's order."""
    assert chosen(home, name) == meant


def test_an_unknown_name_is_refused_with_what_there_is(home: Home) -> None:
    """The units are listed, and the nearest name is offered."""
    with pytest.raises(
        UsageError, match='"sun" is no unit, lesson, file or exercise of this course; its units are sums, powers'
    ):
        chosen(home, "sun")
    with pytest.raises(UsageError, match=r"Did you mean sums\.twice\?"):
        chosen(home, "sums.twic")
    with pytest.raises(UsageError, match='"sums" is no exercise of this course; `autograder list` shows them all'):
        chosen_exercise(home, "sums")
    assert chosen_exercise(home, "twice").id == "sums.twice"


def test_an_unknown_name_is_refused_in_the_workspaces_language(home: Home) -> None:
    """The sentence is Chinese in a Chinese workspace."""
    with pytest.raises(UsageError, match="不是这门课的单元"):
        chosen(msgspec.structs.replace(home, language="zh"), "sun")


def test_what_a_unit_needs_comes_first_without_lessons(home: Home) -> None:
    """Nothing rests on a lesson's functions, and what is wanted is not named again."""
    assert needed_first(home, ["play.half"]) == ("sums.twice", "sums.Box.size")
    assert needed_first(home, ["powers.fourfold", "sums.twice"]) == ("sums.Box.size",)
    assert needed_first(home, ["sums.twice"]) == ()


def test_units_that_need_each_other_end(home: Home) -> None:
    """A circle of needs is walked once."""
    sums, powers = home.units
    circle = msgspec.structs.replace(home, units=(msgspec.structs.replace(sums, needs=("powers",)), powers))
    assert needed_units(circle.units, circle.units[0]) == (powers,)
