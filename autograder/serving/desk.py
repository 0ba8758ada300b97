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
from autograder.grading.counting import as_of_today, counting_attempt, result_of
from autograder.grading.pages import class_files, instructor_files, site_of, student_files
from autograder.grading.plan import Plan
from autograder.grading.scoring import ENGLISH
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.mark import Mark
from autograder.report.exports.records import result_json
from autograder.report.marking import AttemptLine, Graded, Standing
from autograder.report.points import ungraded_units
from autograder.report.roll import Roll
from autograder.report.site import Site
from autograder.serving.shelf import Shelf
from autograder.serving.totals import Points, Totals

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
    _totals: Totals = field(init=False)

    def __post_init__(self) -> None:
        self._totals = Totals(self.run)

    @property
    def site(self) -> Site:
        """Where the run's pages lie."""
        return replace(
            site_of(self.plan), student_pages={student: places.page(student) for student in self._totals.now()}
        )

    def student_at(self, page: str) -> StudentId | None:
        """The student whose page this is; None if it is nobody's."""
        return next((student for student in self._totals.now() if places.page(student) == page), None)

    def standings(self) -> tuple[Standing, ...]:
        """Everybody, in the order of their names."""
        graded = self.gradebook.last_graded()
        marks, releases = _by_student(self.gradebook.marks()), _by_student(self.gradebook.releases())
        return tuple(
            _standing(student, points, graded.get(student), marks.get(student, ()), releases.get(student, ()))
            for student, points in sorted(self._totals.now().items())
        )

    def standing(self, student: StudentId) -> Standing:
        """One student."""
        graded, book = self.gradebook.last_graded(student).get(student), self.gradebook
        return _standing(student, self._totals.now()[student], graded, book.marks(student), book.releases(student))

    def graded(self, student: StudentId) -> Graded:
        """All that there is to see of a student.

        Raises:
            UsageError: there is no such student.
        """
        marks = self.gradebook.marks(student)
        attempt, shelf = self._counted(student, marks), Shelf(self.run, self.plan)
        return Graded(
            result=result_of(self.plan, attempt, marks, self.plan.language),
            verdicts=attempt.verdicts,
            history=marks,
            notebooks=shelf.notebooks(student),
            answers=shelf.answers(student),
            attempts=tuple(self._line(each, marks, attempt.id) for each in reversed(list(self.gradebook.of(student)))),
        )

    def mark(self, mark: Mark) -> None:
        """Give a mark, excuse its target, or withdraw the marks on it; what is written of the student's points follows.

        The feedback that the student has stays what it is until it is released again.

        Raises:
            UsageError: no such thing can be marked, or not with these points; nothing was marked.
        """
        self.gradebook.mark(mark, self.plan.course, self.plan.checks)
        marks = self.gradebook.marks(mark.student)
        attempt = self._counted(mark.student, marks)
        result, told = (result_of(self.plan, attempt, marks, language) for language in (ENGLISH, self.plan.language))
        notebooks = Shelf(self.run, self.plan).notebooks(mark.student)
        instructors = instructor_files(self.plan, told, attempt.verdicts, notebooks)
        places.write_files(self.run, {places.result(mark.student): result_json(result), **instructors})

    def release(self, students: Iterable[StudentId]) -> int:
        """Write the feedback of these students as their points are now, and note that they may have it; how many."""
        releases = [
            Release(student=student, attempt=self._write_feedback(student), by=self.by, at=self.now())
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

    def _line(self, attempt: Attempt, marks: tuple[Mark, ...], counting: int | None) -> AttemptLine:
        result = result_of(self.plan, as_of_today(attempt, self.plan), marks)
        return AttemptLine(
            at=f"{attempt.graded_at:%Y-%m-%d %H:%M} UTC",
            by=attempt.graded_by,
            number=attempt.receipt.number,
            is_late=attempt.receipt.is_late,
            score=None if ungraded_units(result) else result.score,
            max_score=result.max_score,
            counts=attempt.id == counting,
        )

    def _counted(self, student: StudentId, marks: tuple[Mark, ...]) -> Attempt:
        attempt = counting_attempt(self.gradebook, self.gradebook.last(student), self.plan, marks)
        if attempt is None:
            raise UsageError(f"no attempt in the gradebook is {student}'s; grade again with --out {self.run}")
        return attempt

    def _write_feedback(self, student: StudentId) -> int:
        """Write the feedback that follows from a student's attempts and marks; the number of the counting attempt."""
        marks = self.gradebook.marks(student)
        attempt, spoken = self._counted(student, marks), Shelf(self.run, self.plan).language(student)
        result = result_of(self.plan, attempt, marks)
        files = student_files(self.plan, result, attempt.verdicts, attempt.findings, spoken)
        places.write_files(self.run, files)
        return attempt.id or 0

    def _write_class(self) -> None:
        """Write the page and the table of the class."""
        marks, roll = _by_student(self.gradebook.marks()), Roll(self.plan.checks, self.plan.known)
        for student in sorted(self._totals.now()):
            own = tuple(marks.get(student, ()))
            attempt = self._counted(student, own)
            roll.add(result_of(self.plan, attempt, own), attempt.verdicts)
        places.write_files(self.run, class_files(self.plan, roll))


def _standing(
    student: StudentId, points: Points, graded: datetime | None, marks: Sequence[Mark], releases: Sequence[Release]
) -> Standing:
    last = releases[-1] if releases and not releases[-1].is_withdrawn else None
    changes = [mark.at for mark in marks] + ([graded] if graded else [])
    return Standing(
        student=student,
        score=points[0],
        max_score=points[1],
        marks=len(marks),
        released=f"{last.at:%Y-%m-%d %H:%M} UTC, {last.by}" if last else "",
        is_stale=last is not None and any(at > last.at for at in changes),
    )


def _by_student(records: Iterable[T]) -> Mapping[StudentId, list[T]]:
    found: dict[StudentId, list[T]] = defaultdict(list)
    for record in records:
        found[record.student].append(record)
    return found
