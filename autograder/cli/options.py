"""Options that several verbs share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.model.kernel import KernelName

if TYPE_CHECKING:
    from autograder.model.course import Course

CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        help="The course's folder, or the one around it; without it, the nearest at or above the current folder.",
    ),
]

KernelOption = Annotated[
    KernelName | None,
    typer.Option(
        help="What executes the notebooks: quick, IPython's shell, or ipykernel, JupyterLab's own kernel, which costs"
        " several times as much and is for cells that speak with the kernel itself; without it, what course.toml says."
    ),
]

KnownGradebookOption = Annotated[
    str | None,
    typer.Option(
        "--gradebook",
        metavar="URL",
        help="Of the gradebook's database; without it, the one that the run was graded with.",
    ),
]


def open_course(path: Path | None, kernel: KernelName | None = None) -> "Course":
    """The course that a command is about, with another kernel for its notebooks if one is named.

    Raises:
        UsageError: there is none.
        CourseError: there is something wrong with it.
    """
    from msgspec.structs import replace

    from autograder.build.course import find_course, load_course

    inside = path / "course" if path else find_course(Path.cwd())
    course = load_course(inside if path is None or (inside / "course.toml").is_file() else path)
    return replace(course, kernel=kernel) if kernel else course
