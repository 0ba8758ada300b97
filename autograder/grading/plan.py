"""What a run needs to know of the course: made once, the same for every submission, never seen by student code."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import msgspec

from autograder.build.edition import edition_of, require_language
from autograder.build.misunderstandings import read_misunderstandings
from autograder.build.reference import reference_files, student_modules
from autograder.build.translation import Catalogue, read_catalogue
from autograder.build.workspace import workspace_files
from autograder.checks.collect import collect_course
from autograder.checks.expected import observe
from autograder.grading.executors.facts import OURS, software
from autograder.grading.intake import Workspaces
from autograder.model.check import Check, Visibility
from autograder.model.course import Course
from autograder.model.ids import CheckId, Language
from autograder.model.misunderstanding import Misunderstanding
from autograder.model.transcript import Transcript
from autograder.sandbox.kernels import KernelName
from autograder.sandbox.level import Level
from autograder.sandbox.warm import Sandbox

_SEED_BYTES = 7  # what every database's integers hold


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
    kernel: KernelName = KernelName.QUICK  # executes the notebooks

    def seed_of(self, check: Check) -> int:
        """A check's seed: public ones have that of workspaces, which is no secret."""
        return self.course.home_seed if check.visibility is Visibility.PUBLIC else self.seed

    @property
    def shared(self) -> Mapping[str, bytes]:
        """The Python files of a workspace that students don't write, and that all submissions have in common."""
        files = self.workspaces[self.course.languages[0]]
        given = [
            path for path in files if path.endswith(".py") and path.startswith((f"{self.course.package}/", "lessons/"))
        ]
        return {path: files[path] for path in given if path not in student_modules(self.course)}

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


def make_plan(
    course: Course,
    level: Level,
    seed: int | None = None,
    language: str | None = None,
    versions: Mapping[str, str] | None = None,
) -> Plan:
    """Collect a course's checks and observe them on the reference.

    Without a seed the hidden checks' is made from the solutions: stable, and as secret as they are. The instructor's
    pages are in a language of the course, its first without one. The software is this machine's unless its versions
    are given.

    Raises:
        UsageError: the course has no such language.
        CourseError: a check, template or text of the course is wrong.
        MachineError: the machine can't isolate at that level.
    """
    plan = outline(course, level, seed, language)
    expected: dict[CheckId, Transcript] = {}
    with Sandbox(course.packages, level) as sandbox:
        for visibility in Visibility:
            those = [check for check in plan.checks if check.visibility is visibility]
            if those:
                answer = reference_files(course), course.package, course.limits
                expected |= observe(sandbox, *answer, those, plan.seed_of(those[0]))
    return replace(plan, expected=expected, software=software(course.packages) if versions is None else versions)


def outline(course: Course, level: Level, seed: int | None = None, language: str | None = None) -> Plan:
    """A plan that lacks what the reference shows: enough to tell of what was graded before.

    Raises:
        UsageError: the course has no such language.
        CourseError: a check, template or text of the course is wrong.
    """
    return Plan(
        course=course,
        checks=collect_course(course),
        expected={},
        workspaces=untouched_workspaces(course),
        seed=solutions_seed(course.solutions) if seed is None else seed,
        level=level,
        catalogues={each: read_catalogue(course, each) for each in course.languages},
        known=read_misunderstandings(course),
        language=require_language(course, language or course.languages[0]),
    )


def untouched_workspaces(course: Course) -> Workspaces:
    """The files of an untouched workspace in each of the course's languages.

    Raises:
        CourseError: a template or text of the course is wrong.
    """
    return {language: workspace_files(course, edition_of(course, language)) for language in course.languages}


def solutions_seed(solutions: Path) -> int:
    """A number that changes with any Python file of the solutions."""
    digest = hashlib.sha256()
    for file in sorted(solutions.rglob("*.py")):
        digest.update(f"{file.relative_to(solutions).as_posix()}\n".encode() + file.read_bytes())
    return int.from_bytes(digest.digest()[:_SEED_BYTES])
