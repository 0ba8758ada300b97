"""Exercises that are no work of the student's, since their answers were given out: what they earn, and the note on it.

The mark that a released answer carries is all that is looked for. Who copies the answer without it is not found out:
short functions are alike in honest work, too. So give answers out when the unit has been graded; earlier attempts stay.
"""

from collections.abc import Iterable, Iterator, Mapping

from autograder.grading.findings import note
from autograder.model.course import Course
from autograder.model.ids import ExerciseId
from autograder.model.language import sentence
from autograder.model.release import marks
from autograder.model.submission import Finding

RELEASED = "released"  # the value of a note on an exercise whose answer was given out
_NOTE = sentence("{file}: {released} is the answer that was given out; it earns {percent} percent of its points")


def released_notes(files: Mapping[str, bytes], course: Course) -> Iterator[Finding]:
    """A note on each exercise of a submission's files that carries the mark."""
    percent = f"{100 * (course.released_earns or 0.0):g}"
    for path, data in files.items():
        here = [exercise.id for exercise in course.exercises if exercise.target.file == path]
        marked = marks(data.decode("utf-8", "replace"), here) if here else frozenset()
        yield from (note(path, _NOTE, released=each, percent=percent) for each in here if each in marked)


def shares(findings: Iterable[Finding], course: Course) -> dict[ExerciseId, float]:
    """The share of its points that each exercise earns which was noted; all others earn all of theirs."""
    noted = (finding.values[RELEASED] for finding in findings if RELEASED in finding.values)
    return {ExerciseId(exercise): course.released_earns or 0.0 for exercise in noted}
