"""What the student's verbs print: words always, signs and colours where the terminal has them."""

import os
import sys

import typer

from autograder.student.standing import Standing

SIGNS = {Standing.DONE: "✓", Standing.WRONG: "✗", Standing.UNWRITTEN: "·", Standing.WAITING: "…"}
COLOURS = {Standing.DONE: typer.colors.GREEN, Standing.WRONG: typer.colors.RED, Standing.WAITING: typer.colors.YELLOW}


def say(text: str = "", standing: Standing | None = None, *, is_bold: bool = False) -> None:
    """Print a line, in the colour of a standing where there is one; what the terminal can't write becomes `?`."""
    encoding = sys.stdout.encoding or "utf-8"
    text = text.encode(encoding, "replace").decode(encoding)
    colour = COLOURS.get(standing) if standing else None
    if has_colour() and (colour or is_bold):
        text = typer.style(text, fg=colour, bold=is_bold or None)
    typer.echo(text)


def has_colour() -> bool:
    """Whether to use colour: on a terminal that has it, unless `NO_COLOR` is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bar(done: int, total: int, width: int = 20) -> str:
    """How much is done, as a picture; nothing where there is no terminal to look at it, or a plain one."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return ""
    filled = width * done // total if total else width
    return f"[{'#' * filled}{'-' * (width - filled)}] "
