"""The known misunderstandings of a course, as its author wrote them down in the solutions."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import msgspec

from autograder.model.errors import CourseError
from autograder.model.misunderstanding import Misunderstanding
from autograder.model.record import Record

if TYPE_CHECKING:
    from autograder.model.course import Course

FILE = "misunderstandings.toml"  # of the solutions, since it names what hidden checks see


class _File(Record, frozen=True):
    misunderstanding: tuple[Misunderstanding, ...] = ()


def read_misunderstandings(course: Course) -> tuple[Misunderstanding, ...]:
    """What the solutions say of known mistakes; nothing where they have no such file.

    Raises:
        CourseError: the file is wrong, names an exercise that the course lacks, or says nothing in a language.
    """
    file = course.solutions / FILE
    if not file.exists():
        return ()
    try:
        read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File).misunderstanding
    except OSError as error:
        raise CourseError(f"{file}: can't be read ({error.strerror}); make it readable, or remove it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise CourseError(f"{file}: {error}") from error
    known = {exercise.id for exercise in course.exercises}
    for number, each in enumerate(read, 1):
        if each.exercise not in known:
            raise CourseError(f'{file}: entry {number}: no exercise is "{each.exercise}"; take an id of course.toml')
        if missing := [language for language in course.languages if not each.says.get(language)]:
            raise CourseError(f"{file}: entry {number}: says nothing in {missing[0]}; write says.{missing[0]}")
    return read
