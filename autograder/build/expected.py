"""What a workspace's public checks expect: the reference's transcripts for the home seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.build.reference import reference_files
from autograder.checks.expected import Starter, observe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.model.check import Check
    from autograder.model.course import Course
    from autograder.model.ids import CheckId
    from autograder.model.transcript import Transcript


def home_transcripts(course: Course, sandbox: Starter, checks: Sequence[Check]) -> dict[CheckId, Transcript]:
    """The reference's transcript of each check, observed in a sandbox with the seed that workspaces use.

    Raises:
        CourseError: a check doesn't end well on the reference.
    """
    return observe(sandbox, reference_files(course), course.package, course.limits, checks, course.home_seed)
