"""Which folder is the student's workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.errors import UsageError
from autograder.model.workspace import COURSE_FILE

if TYPE_CHECKING:
    from pathlib import Path


def find_workspace(start: Path) -> Path:
    """The workspace that `start` lies in: the nearest folder at or above it that a course was built into.

    Raises:
        UsageError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / COURSE_FILE).is_file():
            return folder
    raise UsageError(
        f"{start} is no workspace and lies in none: go to the folder that holds {COURSE_FILE}, "
        "or make one with `autograder build`"
    )
