"""One round of checks: what is run for what a student asked, and what is told of it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.checks.causes import is_of_import
from autograder.model.check import Check
from autograder.model.ids import ExerciseId
from autograder.model.record import Record
from autograder.model.verdict import Cause, Verdict
from autograder.student.choosing import needed_first, planned
from autograder.student.standing import Progress, next_step, stub_of, survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from autograder.model.workspace import Home
    from autograder.student.standing import Judged


class Round(Record, frozen=True):
    """What came of a round."""

    wanted: tuple[ExerciseId, ...]  # what was asked for, in the course's order
    found: tuple[Progress, ...] = ()  # of these, and of what they need first
    step: Progress | None = None  # the exercise to work on; None when all that was wanted is done
    check: Check | None = None  # its first check that does not pass
    verdict: Verdict | None = None
    fault: Cause | None = None  # why the package can't be imported for the step; without a step, nothing was run
    has_lost: bool = False  # some checks of the course are in no file any more

    @property
    def is_done(self) -> bool:
        """True when nothing that was wanted is left to do."""
        return self.step is None and self.fault is None and not self.is_short

    @property
    def is_blind(self) -> bool:
        """True when nothing was run, since the package can't be imported."""
        return self.fault is not None and self.step is None

    @property
    def is_short(self) -> bool:
        """True when something that was wanted could not be checked, since its checks are lost."""
        return self.has_lost and len(self.shown) < len(self.wanted)

    @property
    def shown(self) -> tuple[Progress, ...]:
        """How far the wanted exercises are."""
        return tuple(progress for progress in self.found if progress.exercise in self.wanted)

    @property
    def comes_first(self) -> bool:
        """True when the exercise to work on is none of those wanted, but one that they need."""
        return self.step is not None and self.step.exercise not in self.wanted


def to_run(home: Home, checks: Iterable[Check], wanted: Sequence[ExerciseId]) -> tuple[Check, ...]:
    """The checks of the wanted exercises and of those that they need first, in the course's order."""
    return planned(home, checks, {*wanted, *needed_first(home, wanted)})


def blind(wanted: Sequence[ExerciseId], fault: Cause | None) -> Round | None:
    """The round in which nothing can be run, since nobody knows which file keeps the package from being imported."""
    return None if fault is None or "file" in fault.values else Round(wanted=tuple(wanted), fault=fault)


def told(home: Home, wanted: Sequence[ExerciseId], judged: Sequence[Judged], *, has_lost: bool) -> Round:
    """The round that some verdicts make; `has_lost` says that checks of the course are in no file any more."""
    found = survey(home, judged)
    if all(progress.is_done for progress in found if progress.exercise in wanted):
        return Round(wanted=tuple(wanted), found=found, has_lost=has_lost)
    step = next_step(found)
    check, verdict = next(_about(home, step, judged))
    done = Round(wanted=tuple(wanted), found=found, step=step, check=check, verdict=verdict, has_lost=has_lost)
    return replace(done, fault=verdict.cause) if verdict.cause and is_of_import(verdict.cause) else done


def _about(home: Home, step: Progress | None, judged: Sequence[Judged]) -> Iterator[Judged]:
    """The checks of a step that do not pass; last those that ran into another exercise's stub."""
    failing = [each for each in judged if step and each[0].exercise == step.exercise and each[1].cause is not None]
    waiting = [
        (check, verdict)
        for check, verdict in failing
        if verdict.cause and stub_of(home, verdict.cause) not in (None, check.exercise)
    ]
    yield from (each for each in failing if each not in waiting)
    yield from waiting
