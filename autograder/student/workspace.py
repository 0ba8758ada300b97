"""Which folder is the student's workspace, and what it knows of its course."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from autograder.model.course import Course, Exercise, Target, Unit
from autograder.model.errors import UsageError
from autograder.model.workspace import COURSE_FILE, ORIGINALS_FILE, Home

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import HomeUnit


def find_workspace(start: Path) -> Path:
    """The workspace that `start` lies in: the nearest folder at or above it that a course was built into.

    Raises:
        UsageError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / COURSE_FILE).is_file() or (folder / ORIGINALS_FILE).is_file():
            return folder.resolve()
    raise UsageError(
        f"{start} is no workspace and lies in none: go to the folder that holds {COURSE_FILE}, "
        "or make one with `autograder build`"
    )


def open_home(root: Path) -> Home:
    """What the workspace at `root` knows of its course.

    Raises:
        UsageError: its record is missing or damaged.
    """
    file = root / COURSE_FILE
    remedy = f"`autograder reset {COURSE_FILE}` brings it back"
    try:
        return msgspec.json.decode(file.read_bytes(), type=Home)
    except OSError as error:
        raise UsageError(f"{file} can't be read ({error.strerror}): {remedy}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is damaged ({error}): {remedy}") from error


def course_of(home: Home, root: Path) -> Course:
    """The course as far as a workspace knows it, for what takes a course: without solutions, in one language."""
    return Course(
        id=home.course,
        title={home.language: home.title},
        languages=(home.language,),
        package=home.package,
        root=root,
        solutions=root,
        limits=home.limits,
        units=tuple(_unit(home, unit) for unit in home.units),
        released_earns=home.released_earns,
    )


def _unit(home: Home, unit: HomeUnit) -> Unit:
    exercises = []
    for exercise in unit.exercises:
        file, _, qualname = exercise.target.partition("::")
        exercises.append(Exercise(id=exercise.id, unit=unit.id, target=Target(file=file, qualname=qualname)))
    return Unit(
        id=unit.id,
        title={home.language: unit.title},
        modules=unit.modules,
        lesson=unit.lesson,
        needs=unit.needs,
        exercises=tuple(exercises),
    )
