"""The difference of two graphs as a picture in the workspace, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.record import Record
from autograder.report.differences import shown
from autograder.student.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.ids import Language
    from autograder.model.verdict import Cause

PICTURE_FILE = "pictures/difference.svg"  # always the same, so that a viewer left open shows the newest


class Picture(Record, frozen=True):
    """A picture that was written, and what it shows, a sentence for each difference."""

    path: str
    sentences: tuple[str, ...]


def write_picture(root: Path, cause: Cause, language: Language) -> Picture | None:
    """Write the picture of a cause in which two graphs differ; None for any other cause.

    Raises:
        UsageError: it can't be written.
    """
    if cause.difference is None or cause.difference.graphs is None:
        return None
    drawn = shown(cause, language)
    write_whole(root / PICTURE_FILE, drawn.svg.encode())
    return Picture(path=PICTURE_FILE, sentences=drawn.steps)
