"""The tables of a gradebook, as SQLAlchemy declares them; `migrations/` brings older gradebooks to them.

Rows are added and never changed. What other programs may ask for has columns of its own, the rest is encoded.
"""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Double, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Table(DeclarativeBase):
    """The base of all tables."""


class AttemptRow(Table):
    """One attempt."""

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
    graded_by: Mapped[str]
    key: Mapped[str]
    number: Mapped[int]
    is_late: Mapped[bool]
    received_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class EvidenceRow(Table):
    """What an attempt's verdicts were made from."""

    __tablename__ = "evidence"

    attempt: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    content: Mapped[bytes]  # compressed MessagePack, an Evidence


class MarkRow(Table):
    """One mark by hand."""

    __tablename__ = "marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    student: Mapped[str] = mapped_column(index=True)
    target: Mapped[str]
    action: Mapped[str]
    points: Mapped[float] = mapped_column(Double)
    out_of: Mapped[float] = mapped_column(Double)
    comment: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ReleaseRow(Table):
    """One student's feedback, released or withdrawn."""

    __tablename__ = "releases"

    id: Mapped[int] = mapped_column(primary_key=True)
    student: Mapped[str] = mapped_column(index=True)
    attempt: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    is_withdrawn: Mapped[bool]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
