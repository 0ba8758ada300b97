"""`autograder translate`: bring a language's catalogue up to date with what the course says."""

from typing import Annotated

import typer

from autograder.cli.options import CourseOption, open_course


def translate(
    lang: Annotated[str, typer.Option(help="The language to translate into.")],
    course: CourseOption = None,
) -> None:
    """Write the course's texts that lack a translation into its catalogue; stale ones become comments."""
    from autograder.build.edition import require_language
    from autograder.build.messages import wanted_texts
    from autograder.build.translation import catalogue_path, update_catalogue

    opened = open_course(course)
    language = require_language(opened, lang)
    missing, stale = update_catalogue(opened, language, wanted_texts(opened))
    typer.echo(f"{catalogue_path(opened, language)}: {missing} to translate, {stale} stale")
