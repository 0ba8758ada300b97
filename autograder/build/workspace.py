"""A workspace: the folder in which a student works."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from autograder.build.folder import replace_folder
from autograder.build.lessons import render_lesson
from autograder.build.reading import text_of
from autograder.build.readying import start_files
from autograder.build.reference import given_files, student_modules
from autograder.build.skeletons import render_skeleton
from autograder.build.templates import render
from autograder.build.translation import translate
from autograder.build.wheel import machine_wheel
from autograder.build.zipping import zipped
from autograder.checks.collect import collect
from autograder.model.check import Check, Visibility
from autograder.model.errors import CourseError
from autograder.model.ids import CheckId, Language
from autograder.model.transcript import Transcript
from autograder.model.workspace import (
    COURSE_FILE,
    DIGESTS_FILE,
    EXPECTED_FILE,
    ORIGINALS_FILE,
    Home,
    HomeExercise,
    HomeUnit,
)

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.build.edition import Edition
    from autograder.model.course import Course, Unit

Expect = Callable[[tuple[Check, ...]], Mapping[CheckId, Transcript]]  # the reference's transcripts for the home seed

_PYPROJECT = """\
[tool.pytest.ini_options]
addopts = "-p autograder.checks.home"
pythonpath = ["."]
testpaths = ["checks"]
"""


def build_workspace(course: Course, edition: Edition, out: Path, expect: Expect) -> None:
    """Write a workspace to a folder: all of it or, when anything fails, nothing.

    The checks are collected from the files that students get, so that their lines and titles are those a student sees.

    Arguments:
        course: which course.
        edition: its language and level, with stubs or answers.
        out: the folder; may exist if it is empty or holds a workspace in which nobody has worked.
        expect: observes the public checks on the reference.

    Raises:
        CourseError: a template, a check or a text of the course is wrong.
        MachineError: this machine is not installed, so that it can't be packed for students.
        UsageError: the folder holds something else, or can't be written.
    """
    files = workspace_files(course, edition)
    with replace_folder(out) as staged:
        _write(staged, files)
        checks = collect(staged / "checks", Visibility.PUBLIC, course)
        files[EXPECTED_FILE] = _json(dict(sorted(expect(checks).items())))
        files |= {ORIGINALS_FILE: zipped(files), **machine_wheel()}
        files[DIGESTS_FILE] = _json({path: hashlib.sha256(text).hexdigest() for path, text in sorted(files.items())})
        _write(staged, files)


def workspace_files(course: Course, edition: Edition) -> dict[str, bytes]:
    """Every file of a workspace but the machine's wheel and what is made of the others, by path, sorted.

    Raises:
        CourseError: a template or text of the course is wrong, or two sources write one file.
    """
    files: dict[str, bytes] = {}
    for path, text in _sources(course, edition):
        if path in files:
            raise CourseError(f"{course.root}: the workspace's {path} comes from two places; rename or remove one")
        files[path] = text
    return dict(sorted(files.items()))


def home(course: Course, edition: Edition) -> Home:
    """What the workspace knows of its course."""
    return Home(
        course=course.id,
        title=course.title[edition.language],
        language=edition.language,
        level=edition.level,
        package=course.package,
        seed=course.home_seed,
        limits=course.limits,
        units=tuple(_home_unit(unit, edition.language) for unit in course.units),
        released_earns=course.released_earns,
    )


def _sources(course: Course, edition: Edition) -> Iterator[tuple[str, bytes]]:
    yield "pyproject.toml", _PYPROJECT.encode()
    yield COURSE_FILE, _json(home(course, edition))
    yield from start_files(edition.language).items()
    yield from given_files(course).items()
    for module in student_modules(course):
        yield module, render_skeleton(course, module, edition).encode()
    for stem in dict.fromkeys(unit.lesson for unit in course.units if unit.lesson):
        yield f"lessons/{stem}.ipynb", render_lesson(course, stem, edition).encode()
    yield from _checks(course, edition)
    yield from _others(course, edition)


def _checks(course: Course, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The public checks, their docstrings and comments in the workspace's language."""
    for file in sorted((course.root / "checks").glob("*.py")):
        try:
            text = translate(text_of(file), edition.catalogue)
        except SyntaxError as error:
            raise CourseError(f"{file}:{error.lineno}: is not Python ({error.msg})") from error
        yield f"checks/{file.name}", text.encode()


def _others(course: Course, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """What lies in the course's `workspace/`: templates rendered, other files as they are."""
    folder = course.root / "workspace"
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = file.relative_to(folder).as_posix()
        if file.suffix == ".jinja":
            yield path.removesuffix(".jinja"), render(course, file, edition).encode()
        else:
            yield path, file.read_bytes()


def _home_unit(unit: Unit, language: Language) -> HomeUnit:
    exercises = tuple(
        HomeExercise(id=exercise.id, target=str(exercise.target), hints=exercise.hints.get(language, ()))
        for exercise in unit.exercises
    )
    return HomeUnit(
        id=unit.id,
        title=unit.title[language],
        modules=unit.modules,
        lesson=unit.lesson,
        needs=unit.needs,
        exercises=exercises,
    )


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
