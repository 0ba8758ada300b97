"""`course.toml` and the folders beside it become a `Course`, or a `CourseError` that names the file and the key."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import msgspec

from autograder.build.faults import faults
from autograder.model.course import Course, Exercise, Limits, Target, Text, Unit
from autograder.model.errors import CourseError, UsageError
from autograder.model.ids import ExerciseId, Language, UnitId
from autograder.model.kernel import KernelName
from autograder.model.policy import Counted, Policy
from autograder.model.record import Record

if TYPE_CHECKING:
    from pathlib import Path


_CHOICES = {"course.kernel": KernelName, "policy.counts": Counted}


class _CourseTable(Record, frozen=True):
    id: str
    title: dict[str, str]
    languages: tuple[str, ...]
    package: str
    solutions: str
    given: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    kernel: KernelName = KernelName.QUICK
    home_seed: int = 0
    released_earns: float | None = None


class _ExerciseTable(Record, frozen=True):
    id: str
    target: str
    hints: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class _UnitTable(Record, frozen=True):
    id: str
    title: dict[str, str]
    modules: tuple[str, ...] = ()
    lesson: str | None = None
    needs: tuple[str, ...] = ()
    exercise: tuple[_ExerciseTable, ...] = ()


class _CourseFile(Record, frozen=True):
    course: _CourseTable
    limits: Limits = Limits()
    policy: Policy = Policy()
    unit: tuple[_UnitTable, ...] = ()


def find_course(start: Path) -> Path:
    """The nearest course folder at or above a folder: one that holds `course.toml`, or `course/course.toml`.

    Raises:
        UsageError: there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        for candidate in (folder, folder / "course"):
            if (candidate / "course.toml").is_file():
                return candidate
    raise UsageError(f"{start}: no course.toml here or above; name the course's folder with --course")


def load_course(path: Path) -> Course:
    """The course in a folder (or of a `course.toml`), found right in every reference that it makes.

    Raises:
        UsageError: there is no course.toml.
        CourseError: something in it is wrong; names the file and the key.
    """
    file = (path / "course.toml" if path.is_dir() else path).resolve()
    table = _read(file)
    course = _course(file, table)
    for fault in faults(course):
        raise CourseError(f"{file}: {fault}")
    return course


def _read(file: Path) -> _CourseFile:
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _CourseFile)
    except OSError as error:
        raise UsageError(f"{file}: can't be read ({error.strerror}); name the course's folder with --course") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{file}: is not TOML ({error})") from error
    except msgspec.ValidationError as error:
        raise CourseError(f"{file}: {error}{_choice(str(error))}") from error


def _choice(told: str) -> str:
    """What may stand where a fault is told, if that is one of a few words."""
    words = next((kind for key, kind in _CHOICES.items() if told.endswith(f" `$.{key}`")), ())
    return f"; choose {' or '.join(words)}" if words else ""


def _course(file: Path, table: _CourseFile) -> Course:
    head = table.course
    return Course(
        id=head.id,
        title=_text(head.title),
        languages=tuple(map(Language, head.languages)),
        package=head.package,
        root=file.parent,
        solutions=(file.parent / head.solutions).resolve(),
        given=head.given,
        packages=head.packages,
        kernel=head.kernel,
        home_seed=head.home_seed,
        limits=table.limits,
        policy=table.policy,
        units=tuple(map(_unit, table.unit)),
        released_earns=head.released_earns,
    )


def _unit(table: _UnitTable) -> Unit:
    return Unit(
        id=UnitId(table.id),
        title=_text(table.title),
        modules=table.modules,
        lesson=table.lesson,
        needs=tuple(map(UnitId, table.needs)),
        exercises=tuple(_exercise(exercise, UnitId(table.id)) for exercise in table.exercise),
    )


def _exercise(table: _ExerciseTable, unit: UnitId) -> Exercise:
    file, _, qualname = table.target.partition("::")
    return Exercise(
        id=ExerciseId(table.id),
        unit=unit,
        target=Target(file=file, qualname=qualname),
        hints={Language(language): rungs for language, rungs in table.hints.items()},
    )


def _text(table: dict[str, str]) -> Text:
    return {Language(language): text for language, text in table.items()}
