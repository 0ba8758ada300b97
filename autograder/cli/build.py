"""`autograder build`: write a workspace."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.build.stubs import Level
from autograder.cli.options import CourseOption, open_course


def build(
    out: Annotated[Path, typer.Option(help="The folder to write; new, empty, or a workspace that nobody worked in.")],
    lang: Annotated[str | None, typer.Option(help="One of the course's languages; without it, its first.")] = None,
    level: Annotated[Level, typer.Option(help="How much help the stubs give.")] = Level.STANDARD,
    course: CourseOption = None,
    *,
    answers: Annotated[bool, typer.Option("--answers", help="Fill in the reference's answers.")] = False,
) -> None:
    """Write the folder in which a student works."""
    from autograder.build.edition import edition_of
    from autograder.build.expected import home_transcripts
    from autograder.build.workspace import build_workspace
    from autograder.sandbox.machine import probe
    from autograder.sandbox.warm import Sandbox

    opened = open_course(course)
    edition = edition_of(opened, lang or opened.languages[0], level, answers=answers)
    with Sandbox(opened.packages, probe().level) as sandbox:
        build_workspace(opened, edition, out, lambda checks: home_transcripts(opened, sandbox, checks))
    typer.echo(f"{out}: a workspace of {opened.title[edition.language]}")
