"""What `course.toml` says, once it has been read and found right."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from autograder.model.ids import ExerciseId, Language, UnitId
from autograder.model.kernel import KernelName
from autograder.model.policy import Policy
from autograder.model.record import Record

Text = dict[Language, str]  # one text in each of the course's languages


class Limits(Record, frozen=True):
    """What one submission may use. Times are CPU seconds; the sandbox adds a generous wall-clock bound."""

    check_cpu_s: float = 2.0
    cell_cpu_s: float = 10.0
    submission_cpu_s: float = 60.0
    memory_mib: int = 512
    processes: int = 16
    file_mib: int = 16
    output_kib: int = 64


class Target(Record, frozen=True):
    """The function, method or class of the solutions that an exercise is about."""

    file: str  # relative to the solutions folder: "mytorch/node.py" or "lessons/first_graph.py"
    qualname: str  # "Node.next_functions"

    def __str__(self) -> str:
        return f"{self.file}::{self.qualname}"


class Exercise(Record, frozen=True):
    """One thing that a student writes."""

    id: ExerciseId
    unit: UnitId
    target: Target
    hints: dict[Language, tuple[str, ...]] = {}


class Unit(Record, frozen=True):
    """One step of the course: some exercises, the modules they live in, perhaps a lesson."""

    id: UnitId
    title: Text
    modules: tuple[str, ...] = ()  # student modules of the package: ("node.py",)
    lesson: str | None = None  # stem of the lesson notebook: "01_first_graph"
    needs: tuple[UnitId, ...] = ()
    exercises: tuple[Exercise, ...] = ()


class Course(Record, frozen=True, dict=True):
    """A whole course. Paths are absolute."""

    id: str
    title: Text
    languages: tuple[Language, ...]
    package: str  # the candidate's package: "mytorch"
    root: Path  # the folder that holds course.toml
    solutions: Path
    given: tuple[str, ...] = ()  # files copied to students from the solutions, by path or glob relative to them
    packages: tuple[str, ...] = ()  # third-party packages that exist in the sandbox: ("numpy",)
    kernel: KernelName = KernelName.QUICK  # what its notebooks need, wherever they are executed
    home_seed: int = 0  # seed of the expected transcripts that a workspace ships
    limits: Limits = Limits()
    policy: Policy = Policy()
    units: tuple[Unit, ...] = ()
    released_earns: float | None = None  # the share of its points that a released answer earns; None: none is released

    @property
    def parts(self) -> frozenset[str]:
        """The ids of its units and exercises: what can be marked by hand besides its checks."""
        return frozenset(unit.id for unit in self.units) | {exercise.id for exercise in self.exercises}

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise of every unit, in course order."""
        return tuple(exercise for unit in self.units for exercise in unit.exercises)

    @property
    def installed(self) -> tuple[str, ...]:
        """The packages that have to be there where it is graded: the sandbox's, with those of the notebooks' kernel."""
        return (*self.packages, *self.kernel.packages)

    def unit(self, unit_id: UnitId) -> Unit:
        """The unit of that id; a `KeyError` if there is none."""
        return {unit.id: unit for unit in self.units}[unit_id]

    def exercise(self, exercise_id: ExerciseId) -> Exercise:
        """The exercise of that id; a `KeyError` if there is none."""
        return self._by_id[exercise_id]

    @cached_property
    def _by_id(self) -> dict[ExerciseId, Exercise]:
        return {exercise.id: exercise for exercise in self.exercises}
