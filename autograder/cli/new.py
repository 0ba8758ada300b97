"""`autograder new`: a course to begin with."""

from pathlib import Path
from typing import Annotated

import typer


def new(course: Annotated[Path, typer.Argument(help="The folder to write; new, or empty.")]) -> None:
    """Write a small course that builds, lints and grades as it is, for you to change."""
    from autograder.build.starting import start_course

    start_course(course)
    typer.echo(
        f"{course / 'course'}: what students may see, with course.toml\n{course / 'solutions'}: what they may not"
    )
    typer.echo(f"see whether it is whole: autograder lint --course {course}")
    typer.echo(f"see it graded: autograder demo --course {course}")
