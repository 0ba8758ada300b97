"""The difference of two graphs as a picture in the workspace, and in words."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from autograder.checks.sight import Sight, sights
from autograder.drawing import describe_diff, draw_diff
from autograder.model.record import Record
from autograder.student.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.check import Check
    from autograder.model.ids import Language
    from autograder.model.verdict import Cause

PICTURE_FILE = "pictures/difference.svg"  # always the same, so that a viewer left open shows the newest


class Picture(Record, frozen=True):
    """A picture that was written, and what it shows, a sentence for each difference."""

    path: str
    sentences: tuple[str, ...]


def forget_picture(root: Path) -> None:
    """Take away the last picture: its difference may be mended."""
    with contextlib.suppress(OSError):
        (root / PICTURE_FILE).unlink()


def write_picture(root: Path, check: Check, cause: Cause, language: Language) -> Picture | None:
    """Write the picture of a cause in which two graphs differ; None for any other cause.

    Raises:
        UsageError: it can't be written.
    """
    difference = cause.difference
    if difference is None or difference.graphs is None:
        return None
    expected, found = difference.graphs
    sight = sights(check.source).get(difference.line or 0, Sight())
    roots = tuple(sight.argument(number) for number in range(len(expected.roots)))
    drawn = draw_diff(expected, found, title=check.title, roots=roots, language=language)
    write_whole(root / PICTURE_FILE, drawn.encode())
    return Picture(path=PICTURE_FILE, sentences=describe_diff(expected, found, roots=roots, language=language))
