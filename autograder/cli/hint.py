"""`autograder hint`: the next rung of an exercise's ladder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from autograder.model.workspace import Home
    from autograder.student.hints import Ladder

NO_HINTS = sentence("{exercise} has no hints; read its docstring, and the lesson")
RUNG = sentence("Hint {number} of {total} for {exercise}:")
MORE = sentence("There is more help if you ask again.")
LAST = sentence("That was the last hint for this exercise.")
NONE_LEFT = sentence("Everything passes; there is nothing to give a hint for.")
NONE_TAKEN = sentence("No hint for {exercise} was taken yet.")

ExerciseArgument = Annotated[
    str | None,
    typer.Argument(metavar="[EXERCISE|UNIT]", help="For which; of a unit, or of all, the one to work on next."),
]


def hint(
    exercise: ExerciseArgument = None,
    *,
    again: Annotated[bool, typer.Option("--again", help="Show the hints taken until now, and no new one.")] = False,
) -> None:
    """Show the next hint: a question first, then a pointer, the answer nearly whole at last. It costs nothing."""
    from autograder.cli.desk import workspace
    from autograder.cli.patience import run_round
    from autograder.student.choosing import chosen, chosen_exercise
    from autograder.student.hints import climb, ladder
    from autograder.student.state import read_state

    root, home = workspace(Path.cwd())
    wanted = chosen(home, exercise)
    if len(wanted) > 1:
        done = run_round(root, home, wanted)
        if done.fault is not None:
            from autograder.cli.desk import tell_faults
            from autograder.cli.telling import tell_fault

            tell_faults(root, home)
            tell_fault(home, done, done.fault)
            raise typer.Exit(1)
        if done.step is None:
            typer.echo(translate(NONE_LEFT, home.language))
            return
        wanted = (done.step.waits_for or done.step.exercise,)
    one = chosen_exercise(home, wanted[0])
    tell_ladder(home, ladder(one, read_state(root)) if again else climb(root, one))


def tell_ladder(home: "Home", ladder: "Ladder") -> None:
    """Every rung that was taken, the newest last, and whether there is another."""
    from autograder.cli.terminal import say

    name = {"exercise": ladder.exercise}
    if not ladder.total:
        say(translate(NO_HINTS, home.language, name))
        return
    if not ladder.taken:
        say(translate(NONE_TAKEN, home.language, name))
    for number, rung in enumerate(ladder.taken, 1):
        values = {"number": str(number), "total": str(ladder.total), **name}
        say(translate(RUNG, home.language, values), is_bold=True)
        say(f"  {rung}")
    say(translate(MORE if len(ladder.taken) < ladder.total else LAST, home.language))
