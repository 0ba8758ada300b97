"""Collecting: folders of check files become `Check` records, once, or a sentence that names file and line."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from autograder.checks.gather import gather
from autograder.checks.record import check_record
from autograder.checks.refusals import faults
from autograder.model.check import Check, Visibility
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from autograder.model.course import Course


def collect_course(course: Course) -> tuple[Check, ...]:
    """All checks of a course: the public ones beside `course.toml`, then the hidden ones beside the solutions.

    Raises:
        CourseError: as `collect` does; or two checks have one id.
    """
    public = collect(course.root / "checks", Visibility.PUBLIC, course)
    hidden = collect(course.solutions / "checks", Visibility.HIDDEN, course)
    _refuse_twins((*public, *hidden))
    return (*public, *hidden)


def collect(folder: Path, visibility: Visibility, course: Course) -> tuple[Check, ...]:
    """The checks in a folder's `test_*.py` files, in the order of files and lines; none where there is no folder.

    Raises:
        CourseError: a file can't be read or imported, or holds what no check may hold; names file and line.
    """
    files = sorted(folder.resolve().glob("test_*.py"))
    names = {file: f"{file.parent.parent.name}/{file.parent.name}/{file.name}" for file in files}
    texts = {file: _text(file, names[file]) for file in files}
    checks = [check_record(item, texts[item.path], names[item.path], visibility) for item in gather(files)]
    known = {exercise.id for exercise in course.exercises}
    for check in checks:
        if check.exercise not in known:
            raise CourseError(f"{check.file}:{check.line}: course.toml has no exercise {check.exercise!r}")
    _refuse_twins(checks)
    return tuple(checks)


def _text(file: Path, name: str) -> str:
    """A check file's text, found fit to be collected; `name` is how people name it."""
    try:
        text = file.read_text(encoding="utf-8")
        module = ast.parse(text)
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{name}: this file of checks can't be read: {error}") from error
    except SyntaxError as error:
        raise CourseError(f"{name}:{error.lineno}: this file of checks is not valid Python: {error.msg}") from error
    for line, fault in faults(module):
        raise CourseError(f"{name}:{line}: {fault}")
    return text


def _refuse_twins(checks: Sequence[Check]) -> None:
    first: dict[str, Check] = {}
    for check in checks:
        twin = first.setdefault(check.id, check)
        if twin is not check:
            raise CourseError(f"{check.file}:{check.line}: {twin.file}:{twin.line} has the same id, {check.id}")
