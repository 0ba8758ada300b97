"""The zip that Gradescope takes as an autograder: the machine, the course with its solutions, and how to start them.

Source: Gradescope's autograder specifications, "File hierarchy".
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


def autograder_zip(course: Course, options: Sequence[str] = ()) -> bytes:
    """The zip; `options` are given to `autograder gradescope` with each submission.

    Raises:
        CourseError: course.toml names the solutions in a way that can't be changed to their place in the zip.
        MachineError: what the machine needs is not installed here, so that its version is not known.
    """
    machine = Path(autograder.__file__).parent
    files = {
        **{f"machine/autograder/{path}": data for path, data in _tree(machine)},
        **{f"course/{path}": data for path, data in _tree(course.root)},
        **{f"solutions/{path}": data for path, data in _tree(course.solutions)},
        **{name: (machine / "build" / "gradescope" / name).read_bytes() for name in SCRIPTS},
        "requirements.txt": "".join(f"{line}\n" for line in _requirements(course)).encode(),
        "python-version": f"{sys.version_info.major}.{sys.version_info.minor}\n".encode(),
        "options": "".join(f"{option}\n" for option in options).encode(),
    }
    files[COURSE_FILE] = _moved(files[COURSE_FILE].decode(), course)
    return zipped(files, executable=SCRIPTS)


def _tree(root: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
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
        return [f"{name}=={version(name)}" for name in sorted({*needed, *course.packages}, key=str.casefold)]
    except PackageNotFoundError as error:
        raise MachineError(
            f"{error.name} is not installed here, so that its version can't be fixed: {sys.executable} -m pip install"
            f" '{DISTRIBUTION}[grade]'"
        ) from error
