"""The reference's files, as a candidate and as what students are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.course import Course


def reference_files(course: Course) -> dict[str, bytes]:
    """The reference as a candidate: its package and its lessons' answers, by path relative to the solutions."""
    files = [path for folder in (course.package, "lessons") for path in (course.solutions / folder).rglob("*.py")]
    return _read(course, files)


def given_files(course: Course) -> dict[str, bytes]:
    """What students get unchanged: the files that the course's `given` matches, never one that a student writes."""
    files = [path for pattern in course.given for path in course.solutions.glob(pattern) if path.is_file()]
    written = {*student_modules(course), *(exercise.target.file for exercise in course.exercises)}
    return {path: text for path, text in _read(course, files).items() if path not in written}


def student_modules(course: Course) -> tuple[str, ...]:
    """The modules of the package that students write: ("mytorch/node.py", …), in course order."""
    return tuple(f"{course.package}/{module}" for unit in course.units for module in unit.modules)


def _read(course: Course, files: list[Path]) -> dict[str, bytes]:
    return {file.relative_to(course.solutions).as_posix(): file.read_bytes() for file in sorted(set(files))}
