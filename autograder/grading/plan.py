"""What a run needs to know of the course: the same for every submission, never seen by student code.

`planning.py` makes it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import msgspec

from autograder.build.translation import Catalogue
from autograder.checks.needs import later_modules
from autograder.grading.executors.facts import OURS
from autograder.grading.intake import Workspaces
from autograder.model.check import Check, Visibility
from autograder.model.course import Course
from autograder.model.ids import CheckId, ExerciseId, Language
from autograder.model.misunderstanding import Misunderstanding
from autograder.model.transcript import Transcript
from autograder.probe import File
from autograder.sandbox.level import Level


@dataclass(frozen=True)
class Plan:
    """A run's fixed part."""

    course: Course
    checks: tuple[Check, ...]  # the public ones, then the hidden ones
    expected: Mapping[CheckId, Transcript]
    workspaces: Workspaces
    seed: int  # of the hidden checks; it goes nowhere but into the second pass
    level: Level
    catalogues: Mapping[Language, Catalogue]  # of the course's texts
    known: tuple[Misunderstanding, ...]
    language: Language  # of the instructor's pages
    software: Mapping[str, str] = field(default_factory=dict)  # of the machine that grades, by name

    def seed_of(self, check: Check) -> int:
        """A check's seed: public ones have that of workspaces, which is no secret."""
        return self.course.home_seed if check.visibility is Visibility.PUBLIC else self.seed

    @property
    def shared(self) -> tuple[File, ...]:
        """The modules of untouched workspaces: what students don't write, and what they have not come to."""
        inside = f"{self.course.package}/", "lessons/"
        return tuple(
            (path, data)
            for files in self.workspaces.values()
            for path, data in files.items()
            if path.startswith(inside) and path.endswith(".py")
        )

    @cached_property
    def later_modules(self) -> Mapping[ExerciseId, Mapping[str, bytes]]:
        """For each exercise the modules of units that it does not rest on, as students get them."""
        course, first = self.course, self.course.languages[0]
        later = {each.id: later_modules(course.units, course.package, each.id) for each in course.exercises}
        return {each: {path: self.workspaces[first][path] for path in paths} for each, paths in later.items()}

    @property
    def judging(self) -> Mapping[str, str]:
        """The software that verdicts come from: a change in the rest changes pages alone."""
        return {name: version for name, version in self.software.items() if name != OURS}

    @cached_property
    def words(self) -> str:
        """Names all that pages depend on, but for verdicts and marks."""
        parts = (self.course, self.checks, dict(self.catalogues), self.known, self.language, dict(self.software))
        return hashlib.sha256(msgspec.json.encode(parts, order="sorted", enc_hook=str)).hexdigest()

    def digest(self) -> str:
        """Names all that a verdict depends on, but for the submission and the machine."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        course = (self.course.limits, self.course.package, self.course.released_earns)
        parts = (self.checks, dict(self.expected), self.workspaces, course)
        return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()
