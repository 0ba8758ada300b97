"""Saves and keys come one after the other, and the urgent ones make themselves felt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from autograder.model.errors import UsageError
from autograder.student.events import Events
from autograder.student.saves import saves

if TYPE_CHECKING:
    from pathlib import Path


def test_events_come_in_order_and_saves_join() -> None:
    """Two saves that wait are one."""
    events = Events()
    for event in ("h", frozenset({"a.py"}), "l", frozenset({"b.py"})):
        events.add(event)
    assert [events.next() for _ in range(3)] == ["h", {"a.py", "b.py"}, "l"]


@pytest.mark.parametrize(("event", "is_urgent"), [("q", True), (frozenset({"a.py"}), True), ("h", False)])
def test_a_save_and_quitting_are_urgent(event: frozenset[str] | str, is_urgent: bool) -> None:
    """Until they are taken."""
    events = Events()
    assert not events.is_urgent()
    events.add(event)
    assert events.is_urgent() is is_urgent
    events.next()
    assert not events.is_urgent()


def test_a_save_is_told_by_its_path(tmp_path: Path) -> None:
    """Python files and notebooks count, what tools leave behind does not."""
    root = tmp_path.resolve()
    (root / "tiny").mkdir()
    events = Events()
    with saves(root, ("tiny", "gone"), events.add):
        found: set[str] = set()
        for number in range(1000):  # until the watch stands
            (root / "tiny/.hidden.py").write_text(str(number), encoding="utf-8")
            (root / "tiny/notes.txt").write_text(str(number), encoding="utf-8")
            (root / "tiny/sums.py").write_text(str(number), encoding="utf-8")
            if events.is_urgent():
                found |= set(events.next())
                break
            time.sleep(0.02)
    assert found == {"tiny/sums.py"}


def test_without_folders_there_is_nothing_to_watch(tmp_path: Path) -> None:
    """The sentence names them."""
    message = "has none of the folders tiny, lessons, so there is nothing to watch"
    with pytest.raises(UsageError, match=message), saves(tmp_path, ("tiny", "lessons"), print):
        pass
