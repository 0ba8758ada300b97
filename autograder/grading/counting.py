"""Which of a student's attempts counts, and the result that follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.grading.scoring import ENGLISH, score
from autograder.model.policy import Counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from autograder.gradebook.attempt import Attempt
    from autograder.gradebook.store import Gradebook  # no worker needs a database
    from autograder.grading.plan import Plan
    from autograder.model.ids import Language, StudentId
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


def counting_attempt(book: Gradebook, student: StudentId, plan: Plan, marks: tuple[Mark, ...]) -> Attempt | None:
    """The student's attempt that counts by the course's policy, with the verdicts on checks that the course still has.

    None where the gradebook knows none of the student's.
    """
    is_best = plan.course.policy.counts is Counted.BEST
    return counted_today(book.of(student) if is_best else filter(None, [book.last(student)]), plan, marks)


def counted_today(attempts: Iterable[Attempt], plan: Plan, marks: tuple[Mark, ...]) -> Attempt | None:
    """Of a student's attempts, the oldest first, the one that counts, with the verdicts on checks that there still are.

    None where there are no attempts.
    """
    known = {check.id for check in plan.checks}
    today = [
        replace(attempt, verdicts=tuple(verdict for verdict in attempt.verdicts if verdict.check in known))
        for attempt in attempts
    ]
    counts = plan.course.policy.counts
    return counted(today, counts, lambda attempt: result_of(plan, attempt, marks).score) if today else None


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
