"""All that grading needs, for another machine: this code, a course with its solutions, the versions of packages.

As a zip it is what Gradescope takes as an autograder. Source: Gradescope's autograder specifications, "File hierarchy".
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

import autograder
from autograder.build.zipping import zipped
from autograder.model.errors import CourseError, MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.model.course import Course

DISTRIBUTION = "autograd-course"
SCRIPTS = ("setup.sh", "run_autograder")
COURSE_FILE = "course/course.toml"
_SOLUTIONS = re.compile(r"^(\s*solutions\s*=\s*)(?:\"[^\"\n]*\"|'[^'\n]*')", re.MULTILINE)
_BESIDE = "../solutions"
MACHINE = Path(autograder.__file__).parent


def autograder_zip(course: Course, options: Sequence[str] = ()) -> bytes:
    """The zip; `options` are given to `autograder gradescope` with each submission.

    Raises:
        CourseError: course.toml names the solutions in a way that can't be changed to their place in the zip.
        MachineError: what the machine needs is not installed here, so that its version is not known.
    """
    scripts = {name: (MACHINE / "build" / "gradescope" / name).read_bytes() for name in SCRIPTS}
    about = {
        "python-version": f"{python_version()}\n".encode(),
        "options": "".join(f"{option}\n" for option in options).encode(),
    }
    return zipped({**bundled(course), **scripts, **about}, executable=SCRIPTS)


def bundled(course: Course) -> dict[str, bytes]:
    """The machine, the course, its solutions and `requirements.txt`, by path.

    Raises:
        CourseError: course.toml names the solutions in a way that can't be changed to their place here.
        MachineError: what the machine needs is not installed here, so that its version is not known.
    """
    files = {
        **{f"machine/autograder/{path}": data for path, data in tree(MACHINE)},
        **{f"course/{path}": data for path, data in tree(course.root)},
        **{f"solutions/{path}": data for path, data in tree(course.solutions)},
        "requirements.txt": "".join(f"{line}\n" for line in _requirements(course)).encode(),
    }
    return {**files, COURSE_FILE: _moved(files[COURSE_FILE].decode(), course)}


def python_version() -> str:
    """The version that the packages' versions are for: "3.11"."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def tree(root: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Every file below a folder, without what tools leave there."""
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root)
        if file.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in path.parts):
            yield PurePosixPath(path.as_posix()), file.read_bytes()


def _moved(text: str, course: Course) -> bytes:
    """`course.toml` with the solutions where the zip has them."""
    moved = _SOLUTIONS.sub(rf'\g<1>"{_BESIDE}"', text, count=1)
    if tomllib.loads(moved)["course"]["solutions"] != _BESIDE:
        raise CourseError(f'{course.root / "course.toml"}: write the solutions as `solutions = "path"`, on one line')
    return moved.encode()


def _requirements(course: Course) -> list[str]:
    """What grading needs, in the versions that are installed here."""
    try:
        wanted = [Requirement(line) for line in requires(DISTRIBUTION) or ()]
        needed = {each.name for each in wanted if each.marker is None or each.marker.evaluate({"extra": "grade"})}
        needed |= {*course.installed}
        return [f"{name}=={version(name)}" for name in sorted(needed, key=str.casefold)]
    except PackageNotFoundError as error:
        raise MachineError(
            f"{error.name} is not installed here, so that its version can't be fixed: {sys.executable} -m pip install"
            f" '{DISTRIBUTION}[grade]'"
        ) from error
