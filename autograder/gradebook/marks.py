"""What an instructor decides is looked through before it is kept: marks by hand, and who may have feedback."""

from datetime import datetime
from math import isfinite

from autograder.model.check import Check
from autograder.model.course import Course
from autograder.model.errors import UsageError
from autograder.model.ids import CheckId, StudentId
from autograder.model.mark import Mark
from autograder.model.record import Record


class Release(Record, frozen=True):
    """A student may have the feedback on an attempt, with the marks that were given until then.

    Of several of one student the last counts.
    """

    student: StudentId
    attempt: int  # the attempt's `id`
    by: str
    at: datetime  # aware, UTC
    is_withdrawn: bool = False  # the student may no longer have it


def require_markable(mark: Mark, course: Course, checks: tuple[Check, ...]) -> None:
    """See that a mark is one that can be given in this course.

    Raises:
        UsageError: the course has no such check, exercise or unit; the points are no points of it; nobody gave it.
    """
    most = {check.id: check.points for check in checks}
    if mark.target not in most and mark.target not in course.parts:
        raise UsageError(
            f"no check, exercise or unit of the course is called {mark.target}: name one as the report does; nothing"
            " was marked"
        )
    if not mark.by.strip():
        raise UsageError(f"the mark of {mark.student} for {mark.target} says not who gives it: give a name")
    if not isfinite(mark.points) or not 0 <= mark.out_of < float("inf"):
        raise UsageError(
            f"{mark.points:g} of {mark.out_of:g} points for {mark.target} are no points: give numbers; nothing was"
            " marked"
        )
    if mark.target in most and not 0 <= mark.points <= most[CheckId(mark.target)]:
        raise UsageError(
            f"{mark.target} has 0 to {most[CheckId(mark.target)]:g} points, and the mark {mark.points:g}: give what it"
            " has, and what goes beyond it to its exercise; nothing was marked"
        )
