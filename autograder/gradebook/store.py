"""A gradebook: what happened is appended, and read back in a stable order."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec.structs import replace
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from autograder.gradebook.attempt import Attempt, Evidence
from autograder.gradebook.faults import told_in_words
from autograder.gradebook.marks import Release, require_markable
from autograder.gradebook.opening import engine_of, name_of, parsed, prepare, writing
from autograder.gradebook.packing import evidence_of
from autograder.gradebook.rows import attempt_of, attempt_row, aware, mark_of, mark_row, release_of, release_row
from autograder.gradebook.tables import AttemptRow, EvidenceRow, MarkRow, ReleaseRow
from autograder.model.check import Check
from autograder.model.course import Course
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.mark import Mark

_ROWS_AT_ONCE = 50  # read from the database in one go, so that memory does not grow with the class


def file_url(path: Path) -> str:
    """The URL of a gradebook that is an SQLite file."""
    return f"sqlite:///{path.absolute()}"


class Gradebook:
    """Every attempt ever graded, every mark and release, in one database; a context manager that closes it.

    What a method appends is on disk when it returns. All methods tell a fault of the database in a sentence:
    MachineError where it is locked, full, damaged or can't be reached, UsageError where it can't be written; what it
    held is still there.

    Args:
        url: the database as SQLAlchemy writes it; `file_url` gives a file's. Its tables are made if they are not
            there, and an older gradebook's are brought up to date.

    Raises:
        UsageError: it can't be opened, is no gradebook, or was written by a newer autograder.
        MachineError: it is locked or damaged, or can't be reached.
    """

    def __init__(self, url: str) -> None:
        location = parsed(url)
        self._name = name_of(location)
        self._engine = engine_of(location)
        try:
            with told_in_words(self._name):
                prepare(self._engine, self._name)
        except BaseException:
            self.close()
            raise

    def store(self, attempt: Attempt, evidence: bytes = b"") -> Attempt:
        """Append an attempt and what it was made from, `packed`; the attempt with its number.

        Where its student's newest says the same, that one is returned, and nothing is appended.
        """
        row = attempt_row(attempt)
        with self._writing() as session:
            newest = session.scalar(_newest([attempt.student]))
            if newest is not None and (known := attempt_of(newest)).says_the_same_as(attempt):
                return known
            session.add(row)
            session.flush()
            if evidence:
                session.add(EvidenceRow(attempt=row.id, content=evidence))
            return replace(attempt, id=row.id)

    def latest(self) -> Iterator[Attempt]:
        """The newest attempt of each student, in the order of their names."""
        newest = select(func.max(AttemptRow.id)).group_by(AttemptRow.student)
        return self._attempts(select(AttemptRow).where(AttemptRow.id.in_(newest)).order_by(AttemptRow.student))

    def last(self, student: StudentId) -> Attempt | None:
        """The newest attempt of one student."""
        return self.last_of([student]).get(student)

    def last_of(self, students: Sequence[StudentId]) -> dict[StudentId, Attempt]:
        """The newest attempt of each of these students who has one, read at once."""
        return {attempt.student: attempt for attempt in self._attempts(_newest(students))}

    def of(self, student: StudentId) -> Iterator[Attempt]:
        """All attempts of one student, the oldest first."""
        return self._attempts(select(AttemptRow).where(AttemptRow.student == student).order_by(AttemptRow.id))

    def last_graded(self, student: StudentId | None = None) -> dict[StudentId, datetime]:
        """When one student, or each, was graded last."""
        newest = select(func.max(AttemptRow.id)).group_by(AttemptRow.student)
        query = select(AttemptRow.student, AttemptRow.graded_at).where(AttemptRow.id.in_(newest))
        query = query if student is None else query.where(AttemptRow.student == student)
        with told_in_words(self._name), Session(self._engine) as session:
            return {StudentId(name): aware(at) for name, at in session.execute(query)}

    def evidence(self, attempt: int) -> Evidence:
        """What the attempt of this number was made from; empty where that was not kept."""
        content = self.packed_evidence(attempt)
        with told_in_words(self._name):
            return evidence_of(content) if content else Evidence()

    def packed_evidence(self, attempt: int) -> bytes:
        """The same as it was stored, for another process to unpack; empty where it was not kept."""
        with told_in_words(self._name), Session(self._engine) as session:
            row = session.get(EvidenceRow, attempt)
            return b"" if row is None else row.content

    def seed(self) -> int | None:
        """The seed of the newest attempt; None where there is none."""
        newest = select(AttemptRow.seed).order_by(AttemptRow.id.desc()).limit(1)
        with told_in_words(self._name), Session(self._engine) as session:
            return session.scalar(newest)

    def mark(self, mark: Mark, course: Course, checks: Sequence[Check]) -> Mark:
        """Append a mark by hand, or the withdrawal of one; the mark with its number.

        Raises:
            UsageError: no attempt is the student's, or the course has nothing like it to be marked; nothing is stored.
        """
        require_markable(mark, course, tuple(checks))
        row = mark_row(mark)
        with self._writing() as session:
            if session.scalar(select(AttemptRow.id).where(AttemptRow.student == mark.student).limit(1)) is None:
                raise UsageError(
                    f"no attempt in the gradebook {self._name} is {mark.student}'s: name a student as the report does,"
                    " or grade the submission first; nothing was marked"
                )
            session.add(row)
            session.flush()
            return replace(mark, id=row.id)

    def marks(self, student: StudentId | None = None) -> tuple[Mark, ...]:
        """All marks of one student, or of all, withdrawals among them, the oldest first."""
        query = select(MarkRow).order_by(MarkRow.id)
        query = query if student is None else query.where(MarkRow.student == student)
        with told_in_words(self._name), Session(self._engine) as session:
            return tuple(map(mark_of, session.scalars(query)))

    def marks_of(self, students: Sequence[StudentId]) -> dict[StudentId, tuple[Mark, ...]]:
        """The marks of each of these students, the oldest first, read at once."""
        query = select(MarkRow).where(MarkRow.student.in_(students)).order_by(MarkRow.id)
        found: dict[StudentId, list[Mark]] = {student: [] for student in students}
        with told_in_words(self._name), Session(self._engine) as session:
            for mark in map(mark_of, session.scalars(query)):
                found[mark.student].append(mark)
        return {student: tuple(marks) for student, marks in found.items()}

    def release(self, releases: Sequence[Release]) -> None:
        """Append releases, or withdrawals of them: all or none.

        Raises:
            UsageError: an attempt is not the student's; nothing is stored.
        """
        with self._writing() as session:
            for release in releases:
                row = session.get(AttemptRow, release.attempt)
                if row is None or row.student != release.student:
                    raise UsageError(
                        f"attempt {release.attempt} in the gradebook {self._name} is not {release.student}'s: name one"
                        " that is; nothing was released"
                    )
                session.add(release_row(release))

    def releases(self, student: StudentId | None = None) -> tuple[Release, ...]:
        """All releases of one student's feedback, or of all students', withdrawals among them, the oldest first."""
        query = select(ReleaseRow).order_by(ReleaseRow.id)
        query = query if student is None else query.where(ReleaseRow.student == student)
        with told_in_words(self._name), Session(self._engine) as session:
            return tuple(map(release_of, session.scalars(query)))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """A session whose rows are on disk after the block, all or, where anything is raised, none."""
        with told_in_words(self._name), Session(writing(self._engine)) as session, session.begin():
            yield session

    def _attempts(self, query: Select[Any]) -> Iterator[Attempt]:
        with told_in_words(self._name), Session(self._engine) as session:
            for row in session.scalars(query.execution_options(yield_per=_ROWS_AT_ONCE)):
                yield attempt_of(row)


def _newest(students: Sequence[StudentId]) -> Select[AttemptRow]:
    newest = select(func.max(AttemptRow.id)).where(AttemptRow.student.in_(students)).group_by(AttemptRow.student)
    return select(AttemptRow).where(AttemptRow.id.in_(newest))
