"""`autograder unlock`: answers that the instructor gave out, for what a unit needs first."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.model.ids import ExerciseId
    from autograder.model.workspace import Home

NOTHING = sentence("All that {unit} needs is done; no answer was taken.")
TAKEN = sentence("{file}: the answers of {exercises} stand there now; yours of before is {kept}")
EARNS = sentence("An answer that was given out earns {percent} percent of its points; the grader knows it by its mark.")
ON = sentence("Go on with {unit}: `autograder check {unit}`")
STILL = sentence(
    "{exercise} is still not right, though its answer is there: something around it differs. `autograder reset {file}` "
    "brings the whole file back as you got it; then unlock again"
)


def unlock(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="Which unit you want to go on with.")],
    answers: Annotated[Path, typer.Argument(metavar="FILE", help="The answers that your instructor gave you.")],
    *,
    all_: Annotated[bool, typer.Option("--all", help="Take the answers of what you did right, too.")] = False,
) -> None:
    """Take the answers of earlier units where yours are not right yet, so that you can go on with a later one."""
    from autograder.cli.desk import workspace
    from autograder.cli.terminal import say
    from autograder.student.choosing import chosen, unit_of
    from autograder.student.unlocking import answers_for, read_release

    root, home = workspace(Path.cwd())
    wanted = unit_of(home, chosen(home, unit)[0])
    release = read_release(answers, home)
    ready = answers_for(release, answers, home, wanted)
    if not _take(root, home, ready, is_all=all_):
        say(translate(NOTHING, home.language, {"unit": wanted.id}))
        return
    say(translate(EARNS, home.language, {"percent": f"{100 * release.earns:g}"}))
    say(translate(ON, home.language, {"unit": wanted.id}))


def _take(root: Path, home: "Home", ready: "Mapping[ExerciseId, str]", *, is_all: bool) -> bool:
    """Put in the answers that are needed, and tell of each file; whether there were any.

    What waits for another exercise is judged again when that one's answer is there: it may be right.
    """
    from autograder.cli.patience import run_round
    from autograder.cli.telling import tell_fault
    from autograder.student.standing import Standing

    had = set(_put_in(root, home, ready)) if is_all else set()
    while True:
        done = run_round(root, home, tuple(ready))
        if done.fault is not None:
            tell_fault(home, done, done.fault)
            raise typer.Exit(1)
        wrong = [one.exercise for one in done.shown if one.standing in (Standing.WRONG, Standing.UNWRITTEN)]
        fresh = {exercise: ready[exercise] for exercise in wrong if exercise in ready and exercise not in had}
        if not fresh:
            _tell_stuck(home, [exercise for exercise in wrong if exercise in had])
            return bool(had)
        had.update(_put_in(root, home, fresh))


def _put_in(root: Path, home: "Home", answers: "Mapping[ExerciseId, str]") -> "Mapping[ExerciseId, str]":
    from autograder.cli.terminal import say
    from autograder.student.unlocking import put_in

    for done in put_in(root, home, answers):
        values = {"file": done.path, "exercises": ", ".join(done.exercises), "kept": done.kept}
        say(translate(TAKEN, home.language, values))
    return answers


def _tell_stuck(home: "Home", stuck: "Sequence[ExerciseId]") -> None:
    """The exercises that an answer did not mend, each with a way out."""
    from autograder.cli.terminal import say
    from autograder.student.choosing import chosen_exercise, file_of
    from autograder.student.standing import Standing

    for exercise in stuck:
        values = {"exercise": exercise, "file": file_of(home, chosen_exercise(home, exercise))}
        say(f"! {translate(STILL, home.language, values)}", Standing.WAITING)
