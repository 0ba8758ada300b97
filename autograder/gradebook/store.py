"""A gradebook: attempts are appended, and read back in a stable order."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from sqlalchemy import Engine, create_engine, func, inspect, make_url, select
from sqlalchemy.orm import Session

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.faults import told_in_words
from autograder.gradebook.tables import VERSION, AttemptRow, SchemaVersion, Table
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.submission import Finding
from autograder.model.verdict import Verdict

_ROWS_AT_ONCE = 50  # read from the database in one go, so that memory does not grow with the class


def file_url(path: Path) -> str:
    """The URL of a gradebook that is an SQLite file."""
    return f"sqlite:///{path.absolute()}"


class Gradebook:
    """Every attempt ever graded, in one database; a context manager that closes it.

    Args:
        url: the database as SQLAlchemy writes it; `file_url` gives a file's. Made if it is not there.

    Raises:
        UsageError: it can't be opened, is no gradebook, or was written by a newer autograder.
        MachineError: it is locked or damaged.
    """

    def __init__(self, url: str) -> None:
        self._name = make_url(url).database or url
        self._engine = create_engine(url)
        try:
            with told_in_words(self._name):
                _prepare(self._engine, self._name)
        except BaseException:
            self.close()
            raise

    def store(self, attempt: Attempt) -> None:
        """Append an attempt; when this returns it is on disk.

        Raises:
            MachineError: the gradebook is locked, full or damaged; what it held is still there.
            UsageError: it can't be written.
        """
        with told_in_words(self._name), Session(self._engine) as session, session.begin():
            session.add(_row(attempt))

    def latest(self) -> Iterator[Attempt]:
        """The newest attempt of each student, in the order of their names.

        Raises:
            MachineError: the gradebook is locked or damaged.
        """
        newest = select(func.max(AttemptRow.id)).group_by(AttemptRow.student)
        query = select(AttemptRow).where(AttemptRow.id.in_(newest)).order_by(AttemptRow.student)
        with told_in_words(self._name), Session(self._engine) as session:
            for row in session.scalars(query.execution_options(yield_per=_ROWS_AT_ONCE)):
                yield _attempt(row)

    def of(self, student: StudentId) -> Iterator[Attempt]:
        """All attempts of one student, the oldest first.

        Raises:
            MachineError: the gradebook is locked or damaged.
        """
        query = select(AttemptRow).where(AttemptRow.student == student).order_by(AttemptRow.id)
        with told_in_words(self._name), Session(self._engine) as session:
            for row in session.scalars(query.execution_options(yield_per=_ROWS_AT_ONCE)):
                yield _attempt(row)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _prepare(engine: Engine, name: str) -> None:
    """Make the tables of a new gradebook, or see that an old one is ours to read."""
    tables = inspect(engine).get_table_names()
    with Session(engine) as session, session.begin():
        if not tables:
            Table.metadata.create_all(session.connection())
            session.add(SchemaVersion(version=VERSION))
            return
        if SchemaVersion.__tablename__ not in tables:
            raise UsageError(f"{name} is a database, but not a gradebook: move it away, or choose another --out")
        version = session.scalars(select(SchemaVersion.version)).one()
        if version > VERSION:
            raise UsageError(
                f"the gradebook {name} was written by a newer autograder (schema {version}, this one knows {VERSION}): "
                "install the newer one, or choose another --out"
            )


def _row(attempt: Attempt) -> AttemptRow:
    return AttemptRow(
        student=attempt.student,
        submission_digest=attempt.submission_digest,
        course_digest=attempt.course_digest,
        level=attempt.level,
        seed=attempt.seed,
        verdicts=msgspec.json.encode(attempt.verdicts),
        findings=msgspec.json.encode(attempt.findings),
        graded_at=attempt.graded_at,
    )


def _attempt(row: AttemptRow) -> Attempt:
    return Attempt(
        student=StudentId(row.student),
        submission_digest=row.submission_digest,
        course_digest=row.course_digest,
        level=row.level,
        seed=row.seed,
        verdicts=msgspec.json.decode(row.verdicts, type=tuple[Verdict, ...]),
        findings=msgspec.json.decode(row.findings, type=tuple[Finding, ...]),
        graded_at=row.graded_at.replace(tzinfo=UTC),  # SQLite keeps no time zone
    )
