"""A workspace is found and opened from anywhere inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.model.errors import UsageError
from autograder.model.workspace import COURSE_FILE
from autograder.student.workspace import find_workspace, open_home

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


def test_a_lost_or_damaged_record_comes_back_by_reset(root: Path) -> None:
    """Both sentences name the command."""
    (root / COURSE_FILE).write_text('{"course": 1}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"course\.json is damaged .*`autograder reset \.course/course\.json` brings"):
        open_home(root)
    (root / COURSE_FILE).unlink()
    with pytest.raises(UsageError, match=r"course\.json can't be read \(No such file.*`autograder reset \.course/co"):
        open_home(root)
