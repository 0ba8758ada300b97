"""Which exercises a saved file touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.student.standing import Progress, Standing
from autograder.student.touching import touched

if TYPE_CHECKING:
    from autograder.model.workspace import Home

ALL = {"sums.twice", "sums.Box.size", "powers.fourfold", "play.half"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tiny/sums.py", ALL),
        ("tiny/powers.py", {"powers.fourfold", "play.half"}),
        ("lessons/01_play.ipynb", {"play.half"}),
        ("tiny/__init__.py", ALL),
        ("checks/test_sums.py", ALL),
    ],
)
def test_a_file_touches_its_exercises_and_what_needs_them(home: Home, path: str, expected: set[str]) -> None:
    """A module touches its own, its dependents' and the lessons'; a notebook its own; a file of nobody all."""
    assert touched(home, [path], ()) == expected


def test_what_waited_is_tried_again(home: Home) -> None:
    """Whatever it waited for may have come."""
    waiting = Progress(exercise="sums.twice", passed=0, total=1, standing=Standing.WAITING, waits_for="play.half")
    assert touched(home, ["lessons/01_play.ipynb"], [waiting]) == {"play.half", "sums.twice"}
