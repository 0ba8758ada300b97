"""`autograder check`: the student's own check of the workspace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.model.check import Check
    from autograder.model.verdict import Verdict
    from autograder.model.workspace import Home
    from autograder.student.checking import Progress

ChoiceArgument = Annotated[
    str | None, typer.Argument(metavar="[UNIT|EXERCISE]", help="What to check; without it, everything.")
]


def check(choice: ChoiceArgument = None) -> None:
    """Run the public checks on the workspace you stand in, and explain the first that does not pass."""
    from autograder.checks.desk import Desk
    from autograder.student.checking import planned, progress
    from autograder.student.workspace import find_workspace

    desk = Desk(find_workspace(Path.cwd()))
    verdicts = [(one, desk.judge(one)) for one in planned(desk.home, desk.checks(), choice)]
    for line in _lines(desk.home, progress(verdicts)):
        typer.echo(line)
    explanation = _first_explanation(desk.home, verdicts)
    if explanation:
        typer.echo(f"\n{explanation}")
        raise typer.Exit(1)


def _lines(home: "Home", found: "Sequence[Progress]") -> "Iterator[str]":
    """One line for each unit, one below it for each of its exercises: a sign, its id, how many checks pass."""
    by_exercise = {progress.exercise: progress for progress in found}
    for unit in home.units:
        inside = [by_exercise[one.id] for one in unit.exercises if one.id in by_exercise]
        if inside:
            yield unit.title
            yield from (_line(progress, home) for progress in inside)


def _line(progress: "Progress", home: "Home") -> str:
    from autograder.model.language import sentence, translate

    if not progress.is_written:
        return f"  · {progress.exercise}: {translate(sentence('not written yet'), home.language)}"
    counts = {"passed": str(progress.passed), "total": str(progress.total)}
    told = translate(sentence("{passed} of {total} checks pass"), home.language, counts)
    return f"  {'✓' if progress.is_done else '✗'} {progress.exercise}: {told}"


def _first_explanation(home: "Home", verdicts: "Sequence[tuple[Check, Verdict]]") -> str:
    from autograder.checks.explain import explain

    return next((explain(one, verdict, home) for one, verdict in verdicts if verdict.cause is not None), "")
