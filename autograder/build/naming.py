"""Files of a course as people name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.course import Course


def named(course: Course, file: Path) -> str:
    """A file's path from the folder that the course's folder lies in: "course/lessons/01_first_graph.md.jinja"."""
    return file.relative_to(course.root.parent).as_posix() if file.is_relative_to(course.root.parent) else str(file)
