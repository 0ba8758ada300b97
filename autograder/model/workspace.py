"""What a workspace knows of its course: the record in `.course/course.json`, in the one language of the workspace."""

from __future__ import annotations

from autograder.model.course import Limits
from autograder.model.ids import ExerciseId, Language, UnitId
from autograder.model.record import Record

COURSE_FILE = ".course/course.json"  # a `Home`
EXPECTED_FILE = ".course/expected.json"  # dict[CheckId, Transcript]: the public checks' for the home seed
ORIGINALS_FILE = ".course/originals.zip"  # every file but itself and the digests, as it was built
START_FILE = "start.py"  # makes the workspace ready
DIGESTS_FILE = ".course/digests.json"  # dict[path, sha256]: every other file as it was built


class HomeExercise(Record, frozen=True):
    """One exercise; its hints are a ladder, to be taken rung by rung."""

    id: ExerciseId
    target: str  # "mytorch/node.py::Node.next_functions"
    hints: tuple[str, ...] = ()


class HomeUnit(Record, frozen=True):
    """One unit."""

    id: UnitId
    title: str
    modules: tuple[str, ...]  # of the package: ("node.py",)
    lesson: str | None  # "01_first_graph"
    needs: tuple[UnitId, ...]
    exercises: tuple[HomeExercise, ...]


class Home(Record, frozen=True):
    """The course as a student has it."""

    course: str  # the course's id
    title: str
    language: Language
    level: str
    package: str
    seed: int  # of the expected transcripts
    limits: Limits
    units: tuple[HomeUnit, ...]
    released_earns: float | None = None  # the share of its points that a released answer earns
