"""`autograder release`: answers for students who want to go on."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, open_course


def release(
    units: Annotated[list[str], typer.Argument(metavar="UNIT...", help="Whose answers.")],
    out: Annotated[Path, typer.Option(help="The file to write, for your students.")],
    course: CourseOption = None,
) -> None:
    """Write the answers of some units into a file; `autograder unlock` puts them into a student's workspace.

    Do it when these units have been graded: earlier attempts keep their points, and a released answer earns what
    course.toml says.
    """
    import msgspec

    from autograder.build.releasing import release as answers_of
    from autograder.model.errors import UsageError

    released = answers_of(open_course(course), units)
    try:
        with out.open("xb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(released), indent=1) + b"\n")
    except OSError as error:
        raise UsageError(f"{out} can't be written ({error.strerror}); name another file") from error
    names = ", ".join(unit.id for unit in released.units)
    typer.echo(f"{out}: the answers of {names}; each earns {100 * released.earns:g} percent of its points")
