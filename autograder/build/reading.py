"""A course's files, read as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from pathlib import Path


def text_of(file: Path) -> str:
    """The text of a file.

    Raises:
        CourseError: the file can't be read, or is not text in UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"{file}: this file of the course can't be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{file}: is not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8") from error
