"""`autograder submit`: the zip to hand in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from autograder.model.workspace import Home
    from autograder.student.rounds import Round
    from autograder.student.submitting import HandedIn

WRITTEN = sentence("{zip} is written. In it are:")
SIZE = sentence("{file}, {size} KiB")
OTHERS = sentence("and {count} files of the course beside them")
NAMED = sentence("The grader knows you by its name, {name}; `autograder submit --name NAME` sets another.")
KEPT = sentence("The one before is kept as {file}.")
SAYS = sentence("The grader will say:")
SCORE = sentence("Public checks: {passed} of {total} pass; {done} of {exercises} exercises are done.")
NO_SCORE = sentence("Not every public check can run: {reason}")

WHO = sentence("How does your grader know you? (a name or a number; the zip is called so)")

NameOption = Annotated[
    str | None, typer.Option("--name", help="How the grader knows you; remembered for the next time.")
]


def submit(name: NameOption = None) -> None:
    """Write the zip to hand in, look through it as the grader will, and tell the public score."""
    from autograder.cli.desk import workspace
    from autograder.cli.patience import run_round
    from autograder.student.choosing import chosen
    from autograder.student.submitting import hand_in

    root, home = workspace(Path.cwd())
    _tell_zip(home, hand_in(root, home, name or _asked(root, home)))
    _tell_score(home, run_round(root, home, chosen(home, None)))


def _asked(root: Path, home: "Home") -> str | None:
    """The name that is typed in, if none is remembered and there is somebody to ask."""
    from autograder.student.state import read_state

    if read_state(root).name is not None or not sys.stdin.isatty():
        return None
    return str(typer.prompt(translate(WHO, home.language))).strip()


def _tell_zip(home: "Home", handed: "HandedIn") -> None:
    from autograder.cli.terminal import say
    from autograder.student.standing import Standing

    say(translate(WRITTEN, home.language, {"zip": handed.zip}), is_bold=True)
    for file, size in handed.files.items():
        say(f"  {translate(SIZE, home.language, {'file': file, 'size': f'{size / 1024:.1f}'})}")
    say(f"  {translate(OTHERS, home.language, {'count': str(handed.others)})}")
    say(translate(NAMED, home.language, {"name": handed.zip.removesuffix(".zip")}))
    if handed.kept:
        say(translate(KEPT, home.language, {"file": handed.kept}))
    if handed.findings:
        say(f"\n{translate(SAYS, home.language)}", is_bold=True)
    for finding in handed.findings:
        text = translate(finding.message, home.language, {"file": finding.file, **finding.values})
        say(f"  ! {text}", Standing.WAITING)


def _tell_score(home: "Home", done: "Round") -> None:
    from autograder.checks.words import words
    from autograder.cli.terminal import say
    from autograder.student.standing import Standing

    say()
    if done.fault is not None:
        say(translate(NO_SCORE, home.language, {"reason": words(done.fault, home.language)}), Standing.WRONG)
    if done.is_blind:
        return
    numbers = {
        "passed": sum(progress.passed for progress in done.found),
        "total": sum(progress.total for progress in done.found),
        "done": sum(progress.is_done for progress in done.found),
        "exercises": len(done.found),
    }
    say(translate(SCORE, home.language, {name: str(number) for name, number in numbers.items()}))
