"""Which unit rests on which: what a unit needs, and what is built only after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.model.ids import ExerciseId, UnitId


class _Exercise(Protocol):
    @property
    def id(self) -> ExerciseId: ...


class _Unit(Protocol):
    """A unit, as a course or as a workspace knows it."""

    @property
    def id(self) -> UnitId: ...
    @property
    def modules(self) -> tuple[str, ...]: ...
    @property
    def needs(self) -> tuple[UnitId, ...]: ...
    @property
    def exercises(self) -> Sequence[_Exercise]: ...


U = TypeVar("U", bound=_Unit)


def needed_units(units: Sequence[U], unit: U) -> tuple[U, ...]:
    """The units that a unit needs, directly or through each other, in the course's order."""
    needed: set[UnitId] = set()
    wanted = set(unit.needs)
    while wanted:
        needed |= wanted
        wanted = {name for one in units if one.id in wanted for name in one.needs} - needed
    return tuple(one for one in units if one.id in needed and one.id != unit.id)


def later_modules(units: Sequence[U], package: str, exercise: ExerciseId) -> dict[str, U]:
    """The students' modules that an exercise does not rest on, "mytorch/engine.py", each with the unit that it is of.

    They are those of all units but its own and what that one needs; none for an exercise of no unit. Its checks run
    with these modules as they were handed out: what is wrong in a later unit is no fault of an earlier one.
    """
    own = next((unit for unit in units if any(one.id == exercise for one in unit.exercises)), None)
    if own is None:
        return {}
    rests_on = {own.id, *(unit.id for unit in needed_units(units, own))}
    return {f"{package}/{module}": unit for unit in units if unit.id not in rests_on for module in unit.modules}
