"""How a plan is made: the checks are collected, and observed on the reference; once for a whole run."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.build.edition import edition_of, require_language
from autograder.build.misunderstandings import read_misunderstandings
from autograder.build.reference import reference_files
from autograder.build.translation import read_catalogue
from autograder.build.workspace import workspace_files
from autograder.checks.collect import collect_course
from autograder.checks.expected import observe
from autograder.grading.executors.facts import software
from autograder.grading.intake import Workspaces
from autograder.grading.plan import Plan
from autograder.model.check import Visibility
from autograder.model.course import Course
from autograder.sandbox.level import Level
from autograder.sandbox.warm import Sandbox

if TYPE_CHECKING:
    from autograder.model.ids import CheckId
    from autograder.model.transcript import Transcript

_SEED_BYTES = 7  # what every database's integers hold


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
    return replace(plan, expected=expected, software=software(course.installed) if versions is None else versions)


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
