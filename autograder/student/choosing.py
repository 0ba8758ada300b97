"""What of the course a word on the command line stands for, and what must be done before it."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from autograder.checks.lessons import lesson_path
from autograder.checks.needs import needed_units
from autograder.model.errors import UsageError
from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.model.check import Check
    from autograder.model.ids import ExerciseId
    from autograder.model.workspace import Home, HomeExercise, HomeUnit

UNKNOWN = sentence("{name} is no unit, lesson, file or exercise of this course; its units are {units}")
UNKNOWN_EXERCISE = sentence("{name} is no exercise of this course; `autograder list` shows them all")
MEANT = sentence("{told}. Did you mean {guess}?")


def chosen(home: Home, name: str | None) -> tuple[ExerciseId, ...]:
    """The exercises that `name` stands for: those of a unit, a lesson, a file or a function, or all without a name.

    Raises:
        UsageError: nothing is called that.
    """
    if name is None:
        return tuple(exercise.id for exercise in exercises(home))
    called = _called(home)
    if name not in called:
        raise UsageError(_unknown(home, name, UNKNOWN, list(called)))
    return tuple(called[name])


def chosen_exercise(home: Home, name: str) -> HomeExercise:
    """The only exercise that a name stands for.

    Raises:
        UsageError: there is none, or there are several.
    """
    known = {str(exercise.id): exercise for exercise in exercises(home)}
    meant = _called(home).get(name, [])
    if len(meant) != 1:
        raise UsageError(_unknown(home, name, UNKNOWN_EXERCISE, list(known)))
    return known[meant[0]]


def exercises(home: Home) -> tuple[HomeExercise, ...]:
    """Every exercise of the course, in order."""
    return tuple(exercise for unit in home.units for exercise in unit.exercises)


def unit_of(home: Home, exercise: ExerciseId) -> HomeUnit:
    """The unit that an exercise belongs to."""
    return next(unit for unit in home.units if any(one.id == exercise for one in unit.exercises))


def is_in_package(home: Home, exercise: HomeExercise) -> bool:
    """Whether an exercise is written in the package; the others are written in a lesson, and nothing rests on them."""
    return exercise.target.startswith(f"{home.package}/")


def file_of(home: Home, exercise: HomeExercise) -> str:
    """The file that an exercise is written in: a module of the package, or a lesson's notebook."""
    file = exercise.target.partition("::")[0]
    lessons = [f"lessons/{unit.lesson}.ipynb" for unit in home.units if unit.lesson]
    return next((lesson for lesson in lessons if lesson_path(lesson) == file), file)


def needed_first(home: Home, wanted: Iterable[ExerciseId]) -> tuple[ExerciseId, ...]:
    """The exercises that must be done before the wanted ones can work, in the course's order."""
    names = set(wanted)
    units = [unit for unit in home.units if any(exercise.id in names for exercise in unit.exercises)]
    before = {needed.id: needed for unit in units for needed in needed_units(home.units, unit)}
    found = [exercise for unit in home.units if unit.id in before for exercise in unit.exercises]
    return tuple(exercise.id for exercise in found if is_in_package(home, exercise) and exercise.id not in names)


def others_of_unit(home: Home, wanted: Iterable[ExerciseId]) -> tuple[ExerciseId, ...]:
    """The exercises that stand in one unit with some of the wanted, in the course's order."""
    names = set(wanted)
    units = [unit for unit in home.units if any(exercise.id in names for exercise in unit.exercises)]
    return tuple(exercise.id for unit in units for exercise in unit.exercises if exercise.id not in names)


def planned(home: Home, checks: Iterable[Check], wanted: Iterable[ExerciseId]) -> tuple[Check, ...]:
    """The checks of the wanted exercises, in the course's order."""
    names = frozenset(wanted)
    order = {exercise.id: place for place, exercise in enumerate(exercises(home))}
    return tuple(sorted((one for one in checks if one.exercise in names), key=lambda one: order[one.exercise]))


def _called(home: Home) -> dict[str, list[ExerciseId]]:
    """Every word that stands for exercises, with them; ids of units and exercises and numbers of units go first."""
    called: dict[str, list[ExerciseId]] = {}
    for unit in home.units:
        for exercise in unit.exercises:
            for name in _names(unit, exercise):
                called.setdefault(name, []).append(exercise.id)
    exact = {str(exercise.id): [exercise.id] for exercise in exercises(home)}
    units = {
        name: [exercise.id for exercise in unit.exercises]
        for number, unit in enumerate(home.units, 1)
        for name in (str(number), str(unit.id))
    }
    return called | exact | units


def _names(unit: HomeUnit, exercise: HomeExercise) -> set[str]:
    """The words, other than ids, that a student may know an exercise by."""
    file, _, function = exercise.target.partition("::")
    path = PurePosixPath(file)
    names = {exercise.target, file, path.name, path.stem, function, function.rpartition(".")[2]}
    if unit.lesson and lesson_path(unit.lesson) == file:
        names |= {unit.lesson, f"{unit.lesson}.ipynb", f"lessons/{unit.lesson}.ipynb"}
    return names


def _unknown(home: Home, name: str, message: str, known: list[str]) -> str:
    values = {"name": f'"{name}"', "units": ", ".join(unit.id for unit in home.units)}
    told = translate(message, home.language, values)
    near = get_close_matches(name, known, n=1)
    return translate(MEANT, home.language, {"told": told, "guess": near[0]}) if near else told
