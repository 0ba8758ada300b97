"""How far each exercise is, read from the verdicts on its checks."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from autograder.checks.causes import RAISES_UNWRITTEN, UNWRITTEN, UNWRITTEN_SOMEWHERE
from autograder.checks.lessons import lesson_path
from autograder.checks.needs import needed_units
from autograder.model.ids import ExerciseId
from autograder.model.record import Record
from autograder.model.verdict import Outcome
from autograder.student.choosing import exercises, is_in_package, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from autograder.model.check import Check
    from autograder.model.verdict import Cause, Verdict
    from autograder.model.workspace import Home

Judged = tuple["Check", "Verdict"]


class Standing(StrEnum):
    """Where an exercise stands."""

    DONE = "done"  # every check passes
    UNWRITTEN = "unwritten"  # its stub stopped a check
    WRONG = "wrong"
    WAITING = "waiting"  # for another exercise, which a check of it called or which its unit needs


class Progress(Record, frozen=True):
    """How far one exercise is."""

    exercise: ExerciseId
    passed: int
    total: int
    standing: Standing
    waits_for: ExerciseId | None = None

    @property
    def is_done(self) -> bool:
        """True when every check passes."""
        return self.standing is Standing.DONE


def survey(home: Home, judged: Iterable[Judged]) -> tuple[Progress, ...]:
    """How far each exercise is that the verdicts are about, in the course's order."""
    verdicts: dict[ExerciseId, list[Verdict]] = {}
    for check, verdict in judged:
        verdicts.setdefault(check.exercise, []).append(verdict)
    seen: dict[ExerciseId, Progress] = {}
    for exercise in exercises(home):
        if exercise.id in verdicts:
            seen[exercise.id] = _progress(home, exercise.id, verdicts[exercise.id], seen)
    return tuple(seen.values())


def next_step(found: Iterable[Progress]) -> Progress | None:
    """The exercise to work on: the first that is not done and waits for no other; None when all are done."""
    left = [progress for progress in found if not progress.is_done]
    ready = [progress for progress in left if progress.standing is not Standing.WAITING]
    return next(iter([*ready, *left]), None)


def _progress(
    home: Home, exercise: ExerciseId, verdicts: list[Verdict], seen: Mapping[ExerciseId, Progress]
) -> Progress:
    passed = sum(verdict.outcome is Outcome.PASSED for verdict in verdicts)
    causes = [verdict.cause for verdict in verdicts if verdict.cause is not None]
    standing, waits_for = _standing(home, exercise, causes, seen)
    return Progress(exercise=exercise, passed=passed, total=len(verdicts), standing=standing, waits_for=waits_for)


def _standing(
    home: Home, exercise: ExerciseId, causes: list[Cause], seen: Mapping[ExerciseId, Progress]
) -> tuple[Standing, ExerciseId | None]:
    if not causes:
        return Standing.DONE, None
    stubs = [stub_of(home, cause) for cause in causes]
    if exercise in stubs:
        return Standing.UNWRITTEN, None
    for other in stubs:
        if other is not None:
            return Standing.WAITING, other
    unfinished = _unfinished(home, exercise, seen)
    if unfinished is not None:
        return Standing.WAITING, unfinished
    is_stub = any(cause.message in (UNWRITTEN, UNWRITTEN_SOMEWHERE, RAISES_UNWRITTEN) for cause in causes)
    return (Standing.UNWRITTEN if is_stub else Standing.WRONG), None


def stub_of(home: Home, cause: Cause) -> ExerciseId | None:
    """The exercise whose stub a check ran into; None if into none, or one that is no exercise's."""
    if cause.message != UNWRITTEN:
        return None
    file, function = cause.values["file"], cause.values["function"]
    path = lesson_path(file) if ".ipynb" in file else file
    for exercise in exercises(home):
        target, _, qualname = exercise.target.partition("::")
        if target == path and (function == qualname or function.startswith(f"{qualname}.")):
            return exercise.id
    return None


def _unfinished(home: Home, exercise: ExerciseId, seen: Mapping[ExerciseId, Progress]) -> ExerciseId | None:
    """The first exercise of a unit that this one's unit needs, if one is not done and waits for no other."""
    for unit in needed_units(home.units, unit_of(home, exercise)):
        for one in unit.exercises:
            progress = seen.get(one.id)
            if is_in_package(home, one) and progress and progress.standing in (Standing.UNWRITTEN, Standing.WRONG):
                return one.id
    return None
