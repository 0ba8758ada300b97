"""Answers that an instructor gives out, so that a student who did a unit wrongly can go on: one JSON file.

Each answer carries a mark, a comment above it. By it the grader knows that the exercise is not the student's own work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.model.ids import ExerciseId, Language, UnitId
from autograder.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = re.compile(r"^[ \t]*# released: (\S+)[ \t]*$", re.MULTILINE)


class ReleasedUnit(Record, frozen=True):
    """One unit's answers in each of the course's languages, marked, each indented as its function is."""

    id: UnitId
    answers: dict[Language, dict[ExerciseId, str]]


class Release(Record, frozen=True):
    """What is given out."""

    course: str  # the course's id
    earns: float  # the share of its points that a released answer earns, 0 to 1
    units: tuple[ReleasedUnit, ...]


def marked(exercise: ExerciseId, answer: str) -> str:
    """An answer with its mark above it, indented as it is."""
    indent = answer[: len(answer) - len(answer.lstrip(" "))]
    return f"{indent}# released: {exercise}\n{answer}"


def marks(text: str, known: Iterable[ExerciseId]) -> frozenset[ExerciseId]:
    """Those of the exercises whose mark stands in a text."""
    return frozenset(known) & {ExerciseId(name) for name in _MARK.findall(text)}
