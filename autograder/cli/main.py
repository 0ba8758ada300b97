"""The command `autograder`: its verbs, and what becomes of an error.

To add a verb: a file of its name with a function of its name, and a line in `_VERBS`. What is heavy, a verb imports
inside its function, so that `autograder --help` starts at once.
"""

import sys
from collections.abc import Callable, Sequence

import typer

from autograder.cli.build import build
from autograder.cli.check import check
from autograder.cli.demo import demo
from autograder.cli.doctor import doctor
from autograder.cli.draw import draw
from autograder.cli.export import export
from autograder.cli.grade import grade
from autograder.cli.gradescope import gradescope
from autograder.cli.hint import hint
from autograder.cli.lint import lint
from autograder.cli.list import list as list_
from autograder.cli.new import new
from autograder.cli.panels import Panels
from autograder.cli.progress import progress
from autograder.cli.regrade import regrade
from autograder.cli.release import release
from autograder.cli.reset import reset
from autograder.cli.serve import serve
from autograder.cli.submit import submit
from autograder.cli.translate import translate
from autograder.cli.unlock import unlock
from autograder.cli.update import update
from autograder.cli.watch import watch
from autograder.model.errors import AutograderError

STUDENTS, INSTRUCTORS, AUTHORS = "For students", "For instructors", "For authors"  # the panels of `--help`

_VERBS: dict[str, tuple[Callable[..., None], ...]] = {
    STUDENTS: (check, watch, hint, progress, list_, draw, reset, submit, unlock, update),
    INSTRUCTORS: (build, release, grade, regrade, serve, gradescope, doctor, demo),
    AUTHORS: (new, lint, translate),
}

app = typer.Typer(
    name="autograder",
    help="Build a course's workspaces and grade what comes back.",
    cls=Panels,
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


for _panel, _verbs in _VERBS.items():
    for _verb in _verbs:
        app.command(rich_help_panel=_panel)(_verb)
app.add_typer(export, name="export", rich_help_panel=INSTRUCTORS)  # a verb with commands of its own


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 all well, 1 a check failed, 2 wrong usage, 3 course or machine broken.

    An error that a person can act on is one sentence on stderr, never a traceback.
    """
    try:
        app(args=arguments)
    except AutograderError as error:
        typer.echo(f"autograder: {error}", err=True)
        sys.exit(error.exit_code)
