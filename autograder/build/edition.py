"""In which form a course is built: its language, how much help its stubs give, stubs or answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.build.stubs import Level
from autograder.build.translation import Catalogue, read_catalogue
from autograder.model.errors import UsageError
from autograder.model.ids import Language

if TYPE_CHECKING:
    from autograder.model.course import Course
    from autograder.model.ids import ExerciseId


@dataclass(frozen=True, slots=True)
class Edition:
    """One form of a course.

    Attributes:
        language: what it is written in.
        level: how much help its stubs give.
        answers: whether it has answers in their place.
        unwritten: the exercises that are stubs nevertheless.
        catalogue: translates what is written in the course's first language.
    """

    language: Language
    level: Level = Level.STANDARD
    answers: bool = False
    unwritten: frozenset[ExerciseId] = frozenset()
    catalogue: Catalogue = field(default_factory=dict)


def edition_of(course: Course, language: str, level: Level = Level.STANDARD, *, answers: bool = False) -> Edition:
    """The edition of a course in one of its languages.

    Raises:
        UsageError: the course has no such language.
        CourseError: the language's catalogue is missing or broken.
    """
    known = require_language(course, language)
    return Edition(language=known, level=level, answers=answers, catalogue=read_catalogue(course, known))


def require_language(course: Course, language: str) -> Language:
    """The language itself, if it is one of the course's.

    Raises:
        UsageError: it isn't.
    """
    if language not in course.languages:
        raise UsageError(f'the course "{course.id}" has no language "{language}"; it has {", ".join(course.languages)}')
    return Language(language)
