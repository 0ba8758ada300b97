"""Answers that the instructor gave out take the place of a student's own; a copy of the file as it was stays beside."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from autograder.build.pieces import cut
from autograder.checks.needs import needed_units
from autograder.model.errors import CourseError, UsageError
from autograder.model.ids import ExerciseId
from autograder.model.language import sentence, translate
from autograder.model.record import Record
from autograder.model.release import Release, marks
from autograder.student.choosing import exercises, file_of, is_in_package, needed_first
from autograder.student.files import keep_beside, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from autograder.model.workspace import Home, HomeExercise, HomeUnit

REASON = "unlock"

NO_RELEASE = sentence("{path} holds no answers: name the file that your instructor gave you")
OTHER_COURSE = sentence('{path} is of the course "{theirs}", and this workspace of "{ours}": ask for the right one')
NOT_RELEASED = sentence("{path} lacks the answers of {units}; ask your instructor for them")
NO_PLACE = sentence(
    "{file} has no place for the answer of {exercise} ({why}): `autograder reset {file}`, then try again"
)


class Unlocked(Record, frozen=True):
    """A file into which answers were put."""

    path: str
    exercises: tuple[ExerciseId, ...]
    kept: str  # where the file is as it was


def read_release(path: Path, home: Home) -> Release:
    """The answers in a file.

    Raises:
        UsageError: they can't be read, or are of another course.
    """
    try:
        release = msgspec.json.decode(path.read_bytes(), type=Release)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(translate(NO_RELEASE, home.language, {"path": str(path)})) from error
    if release.course != home.course:
        values = {"path": str(path), "theirs": release.course, "ours": home.course}
        raise UsageError(translate(OTHER_COURSE, home.language, values))
    return release


def answers_for(release: Release, path: Path, home: Home, unit: HomeUnit) -> dict[ExerciseId, str]:
    """The answers of the exercises that must be done before a unit's can work; those of lessons are none of them.

    Raises:
        UsageError: some are not in the release.
    """
    released = {one.id: one.answers.get(home.language, {}) for one in release.units}
    missing = [one.id for one in needed_units(home.units, unit) if one.id not in released]
    if missing:
        raise UsageError(translate(NOT_RELEASED, home.language, {"path": str(path), "units": ", ".join(missing)}))
    answers = {exercise: text for unit_answers in released.values() for exercise, text in unit_answers.items()}
    needed = needed_first(home, (exercise.id for exercise in unit.exercises))
    return {exercise: answers[exercise] for exercise in needed if exercise in answers}


def put_in(root: Path, home: Home, answers: Mapping[ExerciseId, str]) -> tuple[Unlocked, ...]:
    """Put answers into the modules that they belong into: all of them or, where one has no place, none.

    Raises:
        UsageError: a module is missing, is not Python, or has no such function; or it can't be written.
    """
    files: dict[str, list[HomeExercise]] = {}
    for exercise in exercises(home):
        if exercise.id in answers:
            files.setdefault(file_of(home, exercise), []).append(exercise)
    texts = {path: _with_answers(root, home, path, inside, answers) for path, inside in files.items()}
    return tuple(_written(root, path, texts[path], inside) for path, inside in files.items())


def taken(root: Path, home: Home) -> frozenset[ExerciseId]:
    """The exercises whose answers were put in, and are there still."""
    known = [exercise.id for exercise in exercises(home)]
    found: set[ExerciseId] = set()
    for path in {file_of(home, exercise) for exercise in exercises(home) if is_in_package(home, exercise)}:
        with contextlib.suppress(OSError):  # what is missing holds none
            found |= marks((root / path).read_text(encoding="utf-8", errors="replace"), known)
    return frozenset(found)


def _with_answers(
    root: Path, home: Home, path: str, inside: Sequence[HomeExercise], answers: Mapping[ExerciseId, str]
) -> bytes:
    name = inside[0].id
    try:
        data = (root / path).read_bytes()
        for exercise in inside:
            name = exercise.id
            data = _in_module(data, exercise, answers[exercise.id])
    except OSError as error:
        why = error.strerror or str(error)
    except (CourseError, UnicodeDecodeError) as error:
        why = str(error)
    else:
        return data
    raise UsageError(translate(NO_PLACE, home.language, {"file": path, "exercise": name, "why": why}))


def _in_module(data: bytes, exercise: HomeExercise, answer: str) -> bytes:
    file, _, qualname = exercise.target.partition("::")
    text = data.decode()
    pieces = cut(file, text)
    pieces.answer(qualname)  # complains if it is not there, or there twice
    span = pieces.spans[f"{qualname}.*" if qualname in pieces.classes else qualname]
    lines = [*pieces.lines[: span.start - 1], *answer.splitlines(), *pieces.lines[span.end :], ""]
    return ("\r\n" if "\r\n" in text else "\n").join(lines).encode()


def _written(root: Path, path: str, data: bytes, inside: Iterable[HomeExercise]) -> Unlocked:
    kept = keep_beside(root / path, REASON)
    assert kept is not None  # noqa: S101 - the file was read a moment ago
    write_whole(root / path, data)
    names = tuple(exercise.id for exercise in inside)
    return Unlocked(path=path, exercises=names, kept=kept.relative_to(root).as_posix())
