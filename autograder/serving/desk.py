"""What an instructor does with a run that has ended: look at a student, give marks, release feedback."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.marks import Release
from autograder.gradebook.store import Gradebook
from autograder.grading import places
from autograder.grading.counting import counted
from autograder.grading.finished import each_result
from autograder.grading.pages import class_files, instructor_files, site_of, student_files
from autograder.grading.plan import Plan
from autograder.grading.scoring import ENGLISH, score
from autograder.model.errors import UsageError
from autograder.model.ids import Language, StudentId
from autograder.model.mark import Mark
from autograder.model.result import Result
from autograder.report.marking import Graded, Standing
from autograder.report.points import ungraded_units
from autograder.report.roll import Roll
from autograder.report.site import Site
from autograder.serving.shelf import Shelf

T = TypeVar("T", Mark, Release)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Desk:
    """The folder of a run and its gradebook, opened by one person.

    Args:
        run: the folder that `autograder grade` wrote.
        plan: of the course; what the reference shows need not be in it.
        gradebook: of the run.
        by: who gives marks and releases feedback.
        now: the time, aware.

    Raises:
        UsageError: the folder holds no results, or one that can't be read.
    """

    run: Path
    plan: Plan
    gradebook: Gradebook
    by: str
    now: Callable[[], datetime] = _now
    site: Site = field(init=False)  # where the run's pages lie
    _points: dict[StudentId, tuple[float | None, float]] = field(init=False)

    def __post_init__(self) -> None:
        self._points = {result.student: _points(result) for result in each_result(self.run)}
        self.site = replace(
            site_of(self.plan), student_pages={student: places.page(student) for student in self._points}
        )

    def student_at(self, page: str) -> StudentId | None:
        """The student whose page this is; None if it is nobody's."""
        return next((student for student, path in self.site.student_pages.items() if path == page), None)

    def standings(self) -> tuple[Standing, ...]:
        """Everybody, in the order of their names."""
        graded = self.gradebook.last_graded()
        marks, releases = _by_student(self.gradebook.marks()), _by_student(self.gradebook.releases())
        return tuple(
            self._standing(student, graded.get(student), marks.get(student, ()), releases.get(student, ()))
            for student in sorted(self._points)
        )

    def standing(self, student: StudentId) -> Standing:
        """One student."""
        graded = self.gradebook.last_graded(student).get(student)
        return self._standing(student, graded, self.gradebook.marks(student), self.gradebook.releases(student))

    def graded(self, student: StudentId) -> Graded:
        """All that there is to see of a student.

        Raises:
            UsageError: there is no such student.
        """
        marks = self.gradebook.marks(student)
        attempt, shelf = self._counted(student, marks), Shelf(self.run, self.plan)
        return Graded(
            result=self._result(attempt, marks, self.plan.language),
            verdicts=attempt.verdicts,
            history=marks,
            notebooks=shelf.notebooks(student),
            answers=shelf.answers(student),
        )

    def mark(self, mark: Mark) -> None:
        """Give a mark, excuse its target, or withdraw the marks on it; what is written of the student's points follows.

        The feedback that the student has stays what it is until it is released again.

        Raises:
            UsageError: no such thing can be marked, or not with these points; nothing was marked.
        """
        self.gradebook.mark(mark, self.plan.course, self.plan.checks)
        self._write(mark.student, with_feedback=False)

    def release(self, students: Iterable[StudentId]) -> int:
        """Write the feedback of these students as their points are now, and note that they may have it; how many."""
        releases = [
            Release(student=student, attempt=self._write(student, with_feedback=True), by=self.by, at=self.now())
            for student in students
        ]
        self.gradebook.release(releases)
        return len(releases)

    def release_all(self) -> int:
        """Release what was not released yet, or has changed since; the class's page and table follow. How many."""
        count = self.release(
            standing.student for standing in self.standings() if not standing.released or standing.is_stale
        )
        self._write_class()
        return count

    def withdraw(self, student: StudentId) -> None:
        """Note that a student may no longer have the feedback that was released."""
        attempt = self._counted(student, self.gradebook.marks(student)).id or 0
        withdrawal = Release(student=student, attempt=attempt, by=self.by, at=self.now(), is_withdrawn=True)
        self.gradebook.release([withdrawal])

    def _standing(
        self, student: StudentId, graded: datetime | None, marks: Sequence[Mark], releases: Sequence[Release]
    ) -> Standing:
        points, most = self._points[student]
        last = releases[-1] if releases and not releases[-1].is_withdrawn else None
        changes = [mark.at for mark in marks] + ([graded] if graded else [])
        return Standing(
            student=student,
            score=points,
            max_score=most,
            marks=len(marks),
            released=f"{last.at:%Y-%m-%d %H:%M} UTC, {last.by}" if last else "",
            is_stale=last is not None and any(at > last.at for at in changes),
        )

    def _counted(self, student: StudentId, marks: tuple[Mark, ...]) -> Attempt:
        attempts = tuple(self.gradebook.of(student))
        if not attempts:
            raise UsageError(f"no attempt in the gradebook is {student}'s; grade again with --out {self.run}")
        counts = self.plan.course.policy.counts
        return counted(attempts, counts, lambda attempt: self._result(attempt, marks, ENGLISH).score)

    def _result(self, attempt: Attempt, marks: tuple[Mark, ...], language: Language) -> Result:
        return score(
            attempt.student,
            attempt.verdicts,
            self.plan.checks,
            self.plan.course,
            findings=attempt.findings,
            marks=marks,
            receipt=attempt.receipt,
            level=attempt.level,
            language=language,
        )

    def _write(self, student: StudentId, *, with_feedback: bool) -> int:
        """Write what follows from a student's attempts and marks; the number of the attempt that counts."""
        marks, shelf = self.gradebook.marks(student), Shelf(self.run, self.plan)
        attempt = self._counted(student, marks)
        result = self._result(attempt, marks, ENGLISH)
        told = self._result(attempt, marks, self.plan.language)
        files = student_files(self.plan, result, attempt.verdicts, attempt.findings, shelf.language(student))
        if not with_feedback:
            del files[places.feedback(student)]
        notebooks = shelf.notebooks(student)
        page = instructor_files(self.plan, told, attempt.verdicts, notebooks)[places.page(student)]
        places.write_files(self.run, {**files, places.page(student): page})
        self._points[student] = _points(result)
        return attempt.id or 0

    def _write_class(self) -> None:
        """Write the page and the table of the class."""
        marks, roll = _by_student(self.gradebook.marks()), Roll(self.plan.checks, self.plan.known)
        for student in sorted(self._points):
            own = tuple(marks.get(student, ()))
            attempt = self._counted(student, own)
            roll.add(self._result(attempt, own, ENGLISH), attempt.verdicts)
        places.write_files(self.run, class_files(self.plan, roll))


def _points(result: Result) -> tuple[float | None, float]:
    return None if ungraded_units(result) else result.score, result.max_score


def _by_student(records: Iterable[T]) -> Mapping[StudentId, list[T]]:
    found: dict[StudentId, list[T]] = defaultdict(list)
    for record in records:
        found[record.student].append(record)
    return found
