"""The student's work, watched: what a save touches is checked again, and the rest is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.student.bench import Unwanted
from autograder.student.choosing import chosen, is_in_package, needed_first, others_of_unit, planned, unit_of
from autograder.student.rounds import Round, blind, told
from autograder.student.standing import next_step, survey
from autograder.student.touching import touched, written_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.model.check import Check
    from autograder.model.ids import CheckId, ExerciseId
    from autograder.model.verdict import Verdict
    from autograder.model.workspace import Home
    from autograder.student.bench import Bench
    from autograder.student.standing import Judged, Progress
    from autograder.student.talk import BadFile


class Watched:
    """A workspace and the newest verdict on each of its checks.

    Attributes:
        last: the round that was told last.
        bad_files: files of checks that can't be read.
    """

    def __init__(self, home: Home, bench: Bench) -> None:
        self._home = home
        self._bench = bench
        self._checks: tuple[Check, ...] = ()
        self._verdicts: dict[CheckId, Verdict] = {}
        self._untold: frozenset[str] | None = None  # saved, but not told of since; None: everything is to be told
        self._unseen: frozenset[str] = frozenset()  # saved, and what else that touches was not checked since
        self.last = Round(wanted=chosen(home, None))
        self._has_lost = False
        self.bad_files: tuple[BadFile, ...] = ()

    def everything(self) -> Round | None:
        """Check all; None if something urgent came in between."""
        self._untold = None
        return self.saved(frozenset())

    def saved(self, paths: frozenset[str]) -> Round | None:
        """Check what the student works on in these files; None if something urgent came in between.

        Raises:
            UsageError: the workspace can't be opened.
        """
        self._untold = None if self._untold is None else self._untold | paths
        self._unseen |= paths
        try:
            return self._round()
        except Unwanted:
            return None

    def elsewhere(self) -> tuple[Progress, ...]:
        """Check what else the last save touches: the exercises that are no more as far as they were, or farther.

        If something urgent comes in between, they are checked after the next save.
        """
        if self.last.fault is not None:
            return ()
        before = self.progress()
        wanted = touched(self._home, self._unseen, before) - set(self.last.wanted)
        try:
            self._judge(wanted)
        except Unwanted:
            return ()
        self._unseen = frozenset()
        return tuple(progress for progress in self.progress() if progress not in before)

    def progress(self) -> tuple[Progress, ...]:
        """How far each exercise was when it was checked last."""
        return survey(self._home, self._judged(chosen(self._home, None)))

    def current(self) -> ExerciseId | None:
        """The exercise to work on: the one told last, or that it waits for; or the next of all."""
        step = self.last.step or next_step(self.progress())
        return (step.waits_for or step.exercise) if step else None

    def _round(self) -> Round:
        if self._untold is None or any(path.startswith("checks/") for path in self._untold):
            self._collect()
        if nothing := blind(self.last.wanted, self._bench.load()):
            self.last = nothing
            return nothing
        focus = self._focus()
        self._judge(focus)
        if self._untold is None:
            self._unseen = frozenset()
        self._untold = frozenset()
        judged = self._judged((*focus, *needed_first(self._home, focus)))
        if all(verdict.cause is None for check, verdict in judged if check.exercise in focus):
            judged += self._judged(others_of_unit(self._home, focus))  # one of them comes next
        self.last = told(self._home, focus, judged, has_lost=self._has_lost)
        return self.last

    def _judge(self, wanted: Iterable[ExerciseId]) -> None:
        for check, verdict in self._bench.judge(planned(self._home, self._checks, wanted)):
            self._verdicts[check.id] = verdict

    def _focus(self) -> tuple[ExerciseId, ...]:
        """The exercises that the student works on: those of the package in a saved module's unit, or a notebook's."""
        everything = chosen(self._home, None)
        if not self._untold:
            return everything
        here = [exercise for path in self._untold for exercise in written_in(self._home, path)]
        names = {exercise.id for exercise in here}
        units = {unit_of(self._home, exercise.id).id for exercise in here if is_in_package(self._home, exercise)}
        names |= {
            exercise.id
            for unit in self._home.units
            for exercise in unit.exercises
            if unit.id in units and is_in_package(self._home, exercise)
        }
        return tuple(exercise for exercise in everything if exercise in names) or everything

    def _collect(self) -> None:
        collected = self._bench.collect()
        self._checks, self.bad_files, self._has_lost = collected.checks, collected.bad_files, bool(collected.lost)
        known = {check.id for check in collected.checks}
        self._verdicts = {name: verdict for name, verdict in self._verdicts.items() if name in known}

    def _judged(self, wanted: tuple[ExerciseId, ...]) -> list[Judged]:
        checks = planned(self._home, self._checks, wanted)
        return [(check, self._verdicts[check.id]) for check in checks if check.id in self._verdicts]
