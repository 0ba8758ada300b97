"""An exercise's hints as a ladder: a question, a pointer, the answer nearly whole; taken rung by rung."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.model.ids import ExerciseId
from autograder.model.record import Record
from autograder.student.state import read_state, write_state

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import HomeExercise
    from autograder.student.state import State


class Ladder(Record, frozen=True):
    """The rungs of an exercise's ladder that a student has taken, the newest last, and how many there are."""

    exercise: ExerciseId
    taken: tuple[str, ...]
    total: int


def ladder(exercise: HomeExercise, state: State) -> Ladder:
    """The rungs taken until now."""
    taken = exercise.hints[: state.hints.get(exercise.id, 0)]
    return Ladder(exercise=exercise.id, taken=taken, total=len(exercise.hints))


def climb(root: Path, exercise: HomeExercise) -> Ladder:
    """Take the next rung, if there is one, and remember it.

    Raises:
        UsageError: what the workspace remembers can't be read or written.
    """
    state = read_state(root)
    now = min(state.hints.get(exercise.id, 0) + 1, len(exercise.hints))
    climbed = type(state)(hints={**state.hints, exercise.id: now}, name=state.name)
    if climbed != state:
        write_state(root, climbed)
    return ladder(exercise, climbed)
