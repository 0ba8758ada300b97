"""The answers of some units, for students who did them wrongly and want to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.build.edition import edition_of
from autograder.build.skeletons import Exercises
from autograder.model.errors import CourseError, UsageError
from autograder.model.release import Release, ReleasedUnit, marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.model.course import Course, Unit
    from autograder.model.ids import ExerciseId, Language


def release(course: Course, names: Sequence[str]) -> Release:
    """The answers of the units of these names.

    Raises:
        UsageError: the course has no such unit.
        CourseError: the course does not allow it, or a catalogue is broken.
    """
    if course.released_earns is None:
        raise CourseError(
            f"{course.root / 'course.toml'}: the course gives out no answers; write `released_earns = 0.0` below "
            "[course] to allow it, or the share of its points that a released answer earns"
        )
    known = {str(unit.id): unit for unit in course.units}
    for name in names:
        if name not in known:
            raise UsageError(f'"{name}" is no unit of this course; its units are {", ".join(known)}')
    units = tuple(_released(course, known[name]) for name in dict.fromkeys(names))
    return Release(course=course.id, earns=course.released_earns, units=units)


def _released(course: Course, unit: Unit) -> ReleasedUnit:
    return ReleasedUnit(
        id=unit.id, answers={language: _answers(course, unit, language) for language in course.languages}
    )


def _answers(course: Course, unit: Unit, language: Language) -> dict[ExerciseId, str]:
    """The answers of the unit's exercises in the package; nothing rests on those of lessons."""
    edition = edition_of(course, language, answers=True)
    wanted = [exercise for exercise in unit.exercises if exercise.target.file.startswith(f"{course.package}/")]
    rendered = {file: Exercises(course, file, edition) for file in {exercise.target.file for exercise in wanted}}
    return {each.id: marked(each.id, rendered[each.target.file].render(each.id)) for each in wanted}
