"""`autograder check`: the student's own check of the workspace."""

from pathlib import Path
from typing import Annotated

import typer

ChoiceArgument = Annotated[
    str | None, typer.Argument(metavar="[UNIT|EXERCISE]", help="What to check; without it, everything.")
]


def check(choice: ChoiceArgument = None) -> None:
    """Run the public checks on the workspace you stand in, and explain the first that does not pass."""
    from autograder.cli.desk import tell_faults, workspace
    from autograder.cli.patience import run_round
    from autograder.cli.telling import tell_progress, tell_rest
    from autograder.student.choosing import chosen

    root, home = workspace(Path.cwd())
    wanted = chosen(home, choice)
    tell_faults(root, home)
    done = run_round(root, home, wanted)
    if not done.is_blind:
        tell_progress(home, done)
    tell_rest(root, home, done)
    if not done.is_done:
        raise typer.Exit(1)
