"""A round of checks run in the terminal: one line tells of what takes long, and Ctrl-C ends it."""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import typer

from autograder.cli.telling import tell_bad_files
from autograder.model.check import Check
from autograder.model.ids import ExerciseId
from autograder.model.language import sentence, translate
from autograder.model.workspace import Home
from autograder.student.bench import Bench
from autograder.student.choosing import others_of_unit, planned
from autograder.student.rounds import Round, blind, to_run, told

LONG_S = 1.0
STILL = sentence("still running: {title} (it is ended when it takes too long; Ctrl-C ends all)")


class Patience:
    """Tells once of a check that takes long; to be asked again and again while one runs."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._check: Check | None = None
        self._since = 0.0

    def following(self, checks: Iterable[Check]) -> Iterator[Check]:
        """The same checks; the one taken last is the one that runs."""
        for check in checks:
            self._check, self._since = check, time.monotonic()
            yield check

    def __call__(self) -> bool:
        """Tell, if it is time to; never says that the answer is unwanted."""
        if self._check is not None and time.monotonic() - self._since > LONG_S:
            typer.echo(translate(STILL, self._home.language, {"title": self._check.title}), err=True)
            self._check = None
        return False


def run_round(root: Path, home: Home, wanted: Sequence[ExerciseId]) -> Round:
    """Run the checks of the wanted exercises, and of those that they need first.

    Raises:
        UsageError: the workspace can't be opened.
    """
    patience = Patience(home)
    with Bench(root, home.package, patience) as bench:
        collected = bench.collect()
        tell_bad_files(home, collected.bad_files)
        if nothing := blind(wanted, bench.load()):
            return nothing
        checks = to_run(home, collected.checks, wanted)
        judged = list(bench.judge(patience.following(checks)))
        done = told(home, wanted, judged, has_lost=bool(collected.lost))
        if not done.is_done:
            return done
        others = planned(home, collected.checks, others_of_unit(home, wanted))  # one of them comes next
        judged += bench.judge(patience.following(others))
        return told(home, wanted, judged, has_lost=bool(collected.lost))
