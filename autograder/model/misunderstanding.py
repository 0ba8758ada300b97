"""What students who fail alike probably believe."""

from __future__ import annotations

from autograder.model.course import Text
from autograder.model.ids import CheckId, ExerciseId
from autograder.model.record import Record


class Misunderstanding(Record, frozen=True):
    """A known mistake in an exercise, and by what one knows it.

    Those who make it fail these hidden checks of the exercise and no other, the first of them with this likeness.
    """

    exercise: ExerciseId
    says: Text  # what these students probably believe
    fails: frozenset[CheckId]
    likeness: str  # see report/likeness.py
    mutant: str = ""  # the known wrong solution that shows it: "accumulate_grad/overwrites.py"
