"""The tables of a gradebook, as SQLAlchemy declares them."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

VERSION = 1  # of this schema; a gradebook with a higher one was written by a newer autograder


class Table(DeclarativeBase):
    """The base of all tables."""


class SchemaVersion(Table):
    """One row: which schema the gradebook has."""

    __tablename__ = "schema_version"

    version: Mapped[int] = mapped_column(primary_key=True)


class AttemptRow(Table):
    """One attempt; rows are added and never changed."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    student: Mapped[str] = mapped_column(index=True)
    submission_digest: Mapped[str]
    course_digest: Mapped[str]
    level: Mapped[str]
    seed: Mapped[int] = mapped_column(BigInteger)
    verdicts: Mapped[bytes]  # JSON, a list of Verdict
    findings: Mapped[bytes]  # JSON, a list of Finding
    graded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
