"""A class graded again under today's course: who gains or loses what by it, and why."""

from collections.abc import Iterator, Sequence
from math import fsum
from pathlib import Path

from autograder.grading.counting import counted_today, result_of
from autograder.grading.executors.executor import Executor
from autograder.grading.finished import read_result
from autograder.grading.grader import Graded
from autograder.grading.intake import Found
from autograder.grading.places import result
from autograder.grading.run import Run
from autograder.model.check import Visibility
from autograder.model.ids import CheckId, StudentId
from autograder.model.record import Record
from autograder.model.result import CheckScore, Result
from autograder.model.verdict import Outcome

_LEAST = 1e-9  # points, below which a difference is rounding


class Turn(Record, frozen=True):
    """A check that ended otherwise than before, or is worth something else."""

    check: CheckId
    points: float  # gained or, below 0, lost
    before: Outcome | None  # None: there was no such check
    after: Outcome | None  # None: there is none any more
    why: str | None  # the first difference, in English: today's, or the one that is gone


class Change(Record, frozen=True):
    """What grading again does to a student."""

    student: StudentId
    before: float | None  # the score that was last reported; None where there was none
    after: float
    turns: tuple[Turn, ...]
    has_new_files: bool  # other files were handed in since
    is_open: bool = False  # it could not be graded this time, through no fault of the student: what was before stands

    @property
    def points(self) -> float:
        """Gained or, below 0, lost."""
        return self.after - (self.before or 0.0)

    @property
    def unexplained(self) -> float:
        """Points that come from elsewhere than from checks: the course's policy, or marks by hand."""
        rest = self.points - fsum(turn.points for turn in self.turns)
        return rest if abs(rest) > _LEAST else 0.0


def regrade(submissions: Sequence[Found], run: Run, executor: Executor, *, is_rehearsal: bool) -> Iterator[Change]:
    """Grade again what has changed; who gains or loses by it, of whom a check turned, and who could not be graded.

    A rehearsal grades as well, and writes nothing: neither an attempt nor a page.

    Raises:
        UsageError: the gradebook is not ours to write, or a result can't be read.
        MachineError: the gradebook or a report can't be written; what was stored is still there.
    """
    for graded in executor.grade(run.waiting(submissions)):
        before, last = _reported(run, graded.student), run.book.last(graded.student)
        digests = {last.submission_digest if last else "", graded.attempt.submission_digest}
        has_new_files = len(digests - {""}) > 1  # nobody knows those of one that could not be read
        if is_rehearsal:
            run.progress(graded.student)
            after = _rehearsed(run, graded)
        else:
            run.settle(graded)
            after = _reported(run, graded.student)
        if after is not None and (change := change_of(before, after, has_new_files=has_new_files)):
            yield change
    if not is_rehearsal:
        run.report(found.student for found in submissions)


def change_of(before: Result | None, after: Result, *, has_new_files: bool = False) -> Change | None:
    """What a student gains or loses; None where everything is as it was."""
    change = Change(
        student=after.student,
        before=before.score if before else None,
        after=after.score,
        turns=tuple(_turns(before.checks if before else (), after.checks)),
        has_new_files=has_new_files,
        is_open=after.is_earlier,
    )
    is_same = before is not None and abs(change.points) <= _LEAST
    return None if is_same and not change.turns and not change.is_open else change


def _turns(before: Sequence[CheckScore], after: Sequence[CheckScore]) -> Iterator[Turn]:
    old, new = {line.id: line for line in before}, {line.id: line for line in after}
    for check in {**old, **new}:
        was, now = old.get(check), new.get(check)
        points = _points(now) - _points(was)
        if abs(points) > _LEAST or _outcome(was) != _outcome(now):
            why = (now.cause if now else None) or (was.cause if was else None)
            yield Turn(check=check, points=points, before=_outcome(was), after=_outcome(now), why=why)


def _points(line: CheckScore | None) -> float:
    return line.points or 0.0 if line is not None and line.visibility is Visibility.HIDDEN else 0.0


def _outcome(line: CheckScore | None) -> Outcome | None:
    return line.outcome if line else None


def _reported(run: Run, student: StudentId) -> Result | None:
    """What is written of a student."""
    file = run.out / result(student)
    return read_result(file) if isinstance(file, Path) and file.is_file() else None


def _rehearsed(run: Run, graded: Graded) -> Result | None:
    marks = run.book.marks(graded.student)
    attempt = counted_today((*run.book.of(graded.student), graded.attempt), run.plan, marks)
    return result_of(run.plan, attempt, marks) if attempt else None
