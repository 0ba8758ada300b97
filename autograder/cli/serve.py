"""`autograder serve`: look at a run, give marks by hand, release feedback, in a browser."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, KnownGradebookOption, open_course


def serve(
    run: Annotated[Path, typer.Argument(help="The folder that `autograder grade` wrote with --out.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of this machine's own address; 0 takes a free one.")] = 0,
    by: Annotated[str | None, typer.Option(help="Who gives the marks; without it, your name on this machine.")] = None,
    lang: Annotated[
        str | None, typer.Option(help="The language of the pages: en or zh; without it, the run's.")
    ] = None,
    gradebook: KnownGradebookOption = None,
    course: CourseOption = None,
) -> None:
    """Browse a report, give marks and comments by hand, release feedback; for you alone, on this machine."""
    import asyncio
    from contextlib import suppress

    from autograder.cli.class_run import who
    from autograder.gradebook.store import Gradebook
    from autograder.grading.origin import gradebook_in, language_in, require_course
    from autograder.grading.planning import outline
    from autograder.model.errors import UsageError
    from autograder.sandbox.level import Level
    from autograder.serving.desk import Desk
    from autograder.serving.server import serve as answer

    opened, name = open_course(course), by or who()
    if not name:
        raise UsageError("this machine has no name for you: say with --by who gives the marks")
    require_course(run, opened)
    with Gradebook(gradebook or gradebook_in(run)) as book:
        plan = outline(opened, Level.NONE, language=lang or language_in(run))
        desk = Desk(run=run, plan=plan, gradebook=book, by=name)
        with suppress(KeyboardInterrupt):
            asyncio.run(answer(desk, port, _tell))


def _tell(address: str) -> None:
    typer.echo(f"open {address}\nend with Ctrl-C; whoever has this address can give marks")
