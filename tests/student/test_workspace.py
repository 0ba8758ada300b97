"""A workspace is found and opened from anywhere inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.model.errors import UsageError
from autograder.model.workspace import COURSE_FILE
from autograder.student.workspace import find_workspace, language_of, open_home

if TYPE_CHECKING:
    from pathlib import Path


def test_a_workspace_is_found_from_any_folder_inside(root: Path) -> None:
    """Even when the record of its course is lost."""
    assert find_workspace(root / "tiny") == root
    (root / COURSE_FILE).unlink()
    assert find_workspace(root / "tiny") == root


def test_outside_of_a_workspace_there_is_none(tmp_path: Path) -> None:
    """The sentence names the folder and the remedy."""
    with pytest.raises(UsageError, match=r"is no workspace and lies in none: go to the folder that holds \.course"):
        find_workspace(tmp_path)


def test_a_workspace_without_its_hidden_folder_is_known_all_the_same(root: Path) -> None:
    """Systems hide it, and students copy what they see."""
    (root / "start.py").touch()
    (root / ".course").rename(root.parent / "lost")
    with pytest.raises(
        UsageError, match=r"work has lost its folder \.course, .*: take it from the workspace as you got"
    ):
        find_workspace(root / "tiny")


def test_the_language_is_known_whatever_version_built_it() -> None:
    """English where it is not told at all."""
    assert language_of({COURSE_FILE: b'{"language": "zh", "new": 1}'}) == "zh"
    assert language_of({COURSE_FILE: b"{"}) == language_of({}) == "en"


def test_a_lost_or_damaged_record_comes_back_by_reset(root: Path) -> None:
    """Both sentences name the command."""
    (root / COURSE_FILE).write_text('{"course": 1}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"is damaged, or of another version of autograder .*run `python3 start\.py`"):
        open_home(root)
    (root / COURSE_FILE).write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match=r"course\.json is damaged .*`autograder reset \.course/course\.json` brings"):
        open_home(root)
    (root / COURSE_FILE).unlink()
    with pytest.raises(UsageError, match=r"course\.json can't be read \(No such file.*`autograder reset \.course/co"):
        open_home(root)
