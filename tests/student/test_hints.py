"""Hints are a ladder; the rungs taken are remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.model.errors import UsageError
from autograder.student.choosing import chosen_exercise
from autograder.student.hints import climb, ladder
from autograder.student.state import STATE_FILE, State, read_state, write_state

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import Home


def test_each_time_brings_another_rung_until_the_last(root: Path, home: Home) -> None:
    """All that were taken are shown, and what else is remembered stays."""
    write_state(root, State(name="ada"))
    exercise = chosen_exercise(home, "sums.twice")
    assert ladder(exercise, read_state(root)).taken == ()
    taken = [climb(root, exercise).taken for _ in range(4)]
    assert taken == [
        ("What is twice?",),
        ("What is twice?", "Add."),
        ("What is twice?", "Add.", "`n + n`"),
        ("What is twice?", "Add.", "`n + n`"),
    ]
    assert read_state(root) == State(hints={"sums.twice": 3}, name="ada")


def test_an_exercise_without_hints_leaves_no_trace(root: Path, home: Home) -> None:
    """There is no rung to take."""
    assert climb(root, chosen_exercise(home, "play.half")).total == 0


def test_a_damaged_memory_is_told_and_left_alone(root: Path) -> None:
    """The student moves it away."""
    (root / STATE_FILE).write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match=r"state\.json is damaged .*move it away to begin anew"):
        read_state(root)
    assert (root / STATE_FILE).read_text(encoding="utf-8") == "{"
