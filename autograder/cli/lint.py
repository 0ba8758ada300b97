"""`autograder lint`: tell a course's author what is not right yet."""

from itertools import count
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, open_course


def lint(
    course: CourseOption = None,
    rule: Annotated[list[str] | None, typer.Option(help="Only this rule; may be said several times.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Tell what is not right in a course: templates, translations, links, secrets, checks, lessons. 1 if anything."""
    import msgspec
    from rich.console import Console

    from autograder.cli.class_run import usable_level
    from autograder.grading.lint.draft import Draft
    from autograder.grading.lint.rules import chosen
    from autograder.grading.lint.rules import lint as find
    from autograder.sandbox.machine import probe

    opened, rules = open_course(course), chosen(rule or ())
    # The course is its author's own: its code may run even where a stranger's could not be isolated.
    level = usable_level(probe(), allow_unsandboxed=True)
    with Draft(opened, level) as draft, Console(stderr=True).status("lint") as status:
        number = count(1)
        found = tuple(find(draft, rules, lambda rule: status.update(f"{next(number)} of {len(rules)}: {rule}")))
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        for fault in found:
            typer.echo(str(fault))
        typer.echo(f"{opened.id}: {_counted(len(found), 'finding')} by {_counted(len(rules), 'rule')}", err=True)
    raise typer.Exit(1 if found else 0)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
