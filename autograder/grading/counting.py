"""Which of a student's attempts counts, and the result that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.grading.findings import fault
from autograder.grading.scoring import ENGLISH, NEWEST_OPEN, score
from autograder.model.mark import Action
from autograder.model.policy import Counted
from autograder.model.verdict import are_whole
from autograder.report.points import ungraded_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from autograder.gradebook.attempt import Attempt
    from autograder.gradebook.store import Gradebook  # no worker needs a database
    from autograder.grading.plan import Plan
    from autograder.model.ids import Language
    from autograder.model.mark import Mark
    from autograder.model.result import Result


def counted(attempts: Sequence[Attempt], counts: Counted, points: Callable[[Attempt], float]) -> Attempt:
    """The attempt that counts, of one student's, the oldest first: the last, or the one with the most points.

    Of a submission that was graded several times only the newest grading has a part in this, so that grading again
    can also take points away; of equals the later counts.
    """
    if counts is Counted.LAST:
        return attempts[-1]
    newest = {attempt.submission_digest: place for place, attempt in enumerate(attempts)}
    return max((attempts[place] for place in sorted(newest.values(), reverse=True)), key=points)


def counting_attempt(book: Gradebook, newest: Attempt | None, plan: Plan, marks: tuple[Mark, ...]) -> Attempt | None:
    """The attempt that counts by the course's policy, with the verdicts on checks that the course still has.

    Given the newest of the student's attempts; None where there is none.
    """
    if newest is None:
        return None
    is_alone = plan.course.policy.counts is Counted.LAST and not _is_open(as_of_today(newest, plan), plan, marks)
    return counted_today([newest] if is_alone else book.of(newest.student), plan, marks)


def counted_today(attempts: Iterable[Attempt], plan: Plan, marks: tuple[Mark, ...]) -> Attempt | None:
    """Of a student's attempts, the oldest first, the one that counts, with the verdicts on checks that there still are.

    One of which a part could not be graded, so that its points are not known, does not count while another was graded:
    our fault must not take a grade away. Where it is the newest, a finding of the one that counts says so. None where
    there are no attempts.
    """
    today = [as_of_today(attempt, plan) for attempt in attempts]
    if not today:
        return None
    graded = [attempt for attempt in today if not _is_open(attempt, plan, marks)]
    counts = plan.course.policy.counts
    counting = counted(graded or today, counts, lambda attempt: result_of(plan, attempt, marks).score)
    if not graded or today[-1] is graded[-1]:
        return counting
    return replace(counting, findings=(*counting.findings, fault(NEWEST_OPEN)))


def result_of(plan: Plan, attempt: Attempt, marks: tuple[Mark, ...] = (), language: Language = ENGLISH) -> Result:
    """The score that follows from an attempt and all of the student's marks, under a plan; causes in a language."""
    return score(
        attempt.student,
        attempt.verdicts,
        plan.checks,
        plan.course,
        findings=attempt.findings,
        marks=marks,
        receipt=attempt.receipt,
        level=attempt.level,
        language=language,
    )


def idle_marks(marks: Iterable[Mark], plan: Plan) -> tuple[Mark, ...]:
    """Of any students' marks, the oldest first, those that would count if the course still had what they are on."""
    targets = plan.course.parts | {check.id for check in plan.checks}
    last = {(mark.student, mark.target): mark for mark in marks}
    return tuple(mark for mark in last.values() if mark.target not in targets and mark.action is not Action.WITHDRAWN)


def _is_open(attempt: Attempt, plan: Plan, marks: tuple[Mark, ...]) -> bool:
    """Whether the points of an attempt are not known, since a check that carries some was not graded, nor marked."""
    if are_whole(attempt.verdicts):
        return False
    return bool(ungraded_units(result_of(plan, attempt, marks)))


def as_of_today(attempt: Attempt, plan: Plan) -> Attempt:
    """An attempt with the verdicts on checks that there still are."""
    known = {check.id for check in plan.checks}
    return replace(attempt, verdicts=tuple(verdict for verdict in attempt.verdicts if verdict.check in known))
