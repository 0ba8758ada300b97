"""Which exercises a saved file may change the verdicts of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.checks.lessons import lesson_path
from autograder.checks.needs import needed_units
from autograder.student.choosing import exercises, is_in_package, unit_of
from autograder.student.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.model.ids import ExerciseId, UnitId
    from autograder.model.workspace import Home, HomeExercise
    from autograder.student.standing import Progress


def touched(home: Home, saved: Iterable[str], known: Iterable[Progress]) -> frozenset[ExerciseId]:
    """The exercises to check again after these files of the workspace were saved; `known` is how far each one was.

    They are those written in a file, those of units that need its unit, those that waited for another, and, for a
    file of the package, those of the lessons, which use all of it. A file that is nobody's may change anything.
    """
    waiting = {progress.exercise for progress in known if progress.standing is Standing.WAITING}
    return frozenset(waiting.union(*(_touched_by(home, path) for path in saved)))


def written_in(home: Home, path: str) -> tuple[HomeExercise, ...]:
    """The exercises that are written in a file of the workspace."""
    file = lesson_path(path) if path.endswith(".ipynb") else path
    return tuple(exercise for exercise in exercises(home) if exercise.target.partition("::")[0] == file)


def _touched_by(home: Home, path: str) -> set[ExerciseId]:
    everything = exercises(home)
    written_here = written_in(home, path)
    if not written_here:
        return {exercise.id for exercise in everything}
    units = {unit_of(home, exercise.id).id for exercise in written_here if is_in_package(home, exercise)}
    return {
        exercise.id
        for exercise in everything
        if exercise in written_here or (units and not is_in_package(home, exercise)) or _needs(home, exercise, units)
    }


def _needs(home: Home, exercise: HomeExercise, units: set[UnitId]) -> bool:
    return any(unit.id in units for unit in needed_units(home.units, unit_of(home, exercise.id)))
