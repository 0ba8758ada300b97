"""Which folder is the student's workspace, and what it knows of its course."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from autograder.model.course import Course, Exercise, Target, Unit
from autograder.model.errors import UsageError
from autograder.model.ids import Language
from autograder.model.workspace import COURSE_FILE, ORIGINALS_FILE, START_FILE, Home

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from autograder.model.workspace import HomeUnit


def find_workspace(start: Path) -> Path:
    """The workspace that `start` lies in: the nearest folder at or above it that a course was built into.

    Raises:
        UsageError: there is none, or it has lost what it knows of its course.
    """
    for folder in (start, *start.parents):
        if (folder / COURSE_FILE).is_file() or (folder / ORIGINALS_FILE).is_file():
            return folder.resolve()
        if (folder / START_FILE).is_file() and (folder / "checks").is_dir():
            raise UsageError(
                f"the workspace {folder} has lost its folder {COURSE_FILE.split('/', maxsplit=1)[0]}, which some "
                "systems don't show and don't copy: take it from the workspace as you got it; yours stay as they are"
            )
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
    except msgspec.ValidationError as error:
        raise UsageError(
            f"{file} is damaged, or of another version of autograder than the one in {sys.prefix} ({error}): {remedy}; "
            f"if not, run `python3 {START_FILE}` and use the autograder in .venv"
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} is damaged ({error}): {remedy}") from error


class _Told(msgspec.Struct):
    language: Language = Language("en")


def language_of(originals: Mapping[str, bytes]) -> Language:
    """The language of a workspace, from its files as they were built; whatever version of the machine built them."""
    try:
        return msgspec.json.decode(originals.get(COURSE_FILE, b"{}"), type=_Told).language
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _Told().language


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
