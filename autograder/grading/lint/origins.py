"""Where a file of a workspace comes from, so that its author can go there."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from autograder.build.lessons import lesson_template
from autograder.build.reference import student_modules

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.course import Course


def origin(course: Course, path: str) -> Path:
    """What a file of the workspace is made of: its template, or the file that is copied."""
    if path in student_modules(course):
        return course.root / "skeletons" / f"{path.removeprefix(f'{course.package}/')}.jinja"
    added = course.root / "workspace" / path
    places = (
        lesson_template(course, PurePosixPath(path).stem),
        added,
        added.with_name(f"{added.name}.jinja"),
        course.root / path,
        course.solutions / path,
    )
    return next((place for place in places if place.is_file()), course.root)
