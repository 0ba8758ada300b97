"""Checks run at home: on what the student asks for, told exercise by exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.checks.causes import UNWRITTEN, UNWRITTEN_SOMEWHERE
from autograder.model.errors import UsageError
from autograder.model.ids import ExerciseId
from autograder.model.record import Record
from autograder.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.model.check import Check
    from autograder.model.verdict import Verdict
    from autograder.model.workspace import Home


class Progress(Record, frozen=True):
    """How far one exercise is."""

    exercise: ExerciseId
    passed: int
    total: int
    is_written: bool  # False while its stub is what stopped a check

    @property
    def is_done(self) -> bool:
        """True when every check passed."""
        return self.passed == self.total


def chosen(home: Home, name: str | None) -> frozenset[ExerciseId]:
    """The exercises that `name` stands for: a unit's, a single one, or all of them where there is no name.

    Raises:
        UsageError: no unit or exercise is called that.
    """
    by_name = {str(unit.id): frozenset(exercise.id for exercise in unit.exercises) for unit in home.units}
    everything = frozenset().union(*by_name.values())
    if name is None:
        return everything
    if name in everything:
        return frozenset([ExerciseId(name)])
    if name not in by_name:
        raise UsageError(f"{name!r} is no unit and no exercise of this course; its units are {', '.join(by_name)}")
    return by_name[name]


def planned(home: Home, checks: Iterable[Check], name: str | None = None) -> tuple[Check, ...]:
    """The checks of what `name` stands for, in the course's order.

    Raises:
        UsageError: no unit or exercise is called that.
    """
    wanted = chosen(home, name)
    order = [exercise.id for unit in home.units for exercise in unit.exercises]
    return tuple(sorted((one for one in checks if one.exercise in wanted), key=lambda one: order.index(one.exercise)))


def progress(verdicts: Iterable[tuple[Check, Verdict]]) -> tuple[Progress, ...]:
    """What the verdicts say of each exercise that they are about, in their order."""
    seen: dict[ExerciseId, list[Verdict]] = {}
    for check, verdict in verdicts:
        seen.setdefault(check.exercise, []).append(verdict)
    return tuple(_progress(exercise, found) for exercise, found in seen.items())


def _progress(exercise: ExerciseId, verdicts: list[Verdict]) -> Progress:
    return Progress(
        exercise=exercise,
        passed=sum(verdict.outcome is Outcome.PASSED for verdict in verdicts),
        total=len(verdicts),
        is_written=not any(_is_unwritten(verdict) for verdict in verdicts),
    )


def _is_unwritten(verdict: Verdict) -> bool:
    return verdict.cause is not None and verdict.cause.message in (UNWRITTEN, UNWRITTEN_SOMEWHERE)
