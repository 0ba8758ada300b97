"""Records become rows of a gradebook, and rows records again."""

from datetime import UTC, datetime

import msgspec

from autograder.gradebook.attempt import Attempt
from autograder.gradebook.marks import Release
from autograder.gradebook.tables import AttemptRow, MarkRow, ReleaseRow
from autograder.model.ids import CheckId, StudentId
from autograder.model.mark import Action, Mark
from autograder.model.submission import Finding, Receipt
from autograder.model.verdict import Verdict


def attempt_row(attempt: Attempt) -> AttemptRow:
    """The row of an attempt that is not stored yet."""
    return AttemptRow(
        student=attempt.student,
        submission_digest=attempt.submission_digest,
        course_digest=attempt.course_digest,
        level=attempt.level,
        seed=attempt.seed,
        verdicts=msgspec.json.encode(attempt.verdicts),
        findings=msgspec.json.encode(attempt.findings),
        graded_at=attempt.graded_at.astimezone(UTC),
        graded_by=attempt.graded_by,
        key=attempt.key,
        number=attempt.receipt.number,
        is_late=attempt.receipt.is_late,
        received_at=attempt.receipt.received_at and attempt.receipt.received_at.astimezone(UTC),
    )


def attempt_of(row: AttemptRow) -> Attempt:
    """The attempt that a row holds."""
    return Attempt(
        id=row.id,
        student=StudentId(row.student),
        submission_digest=row.submission_digest,
        course_digest=row.course_digest,
        level=row.level,
        seed=row.seed,
        verdicts=msgspec.json.decode(row.verdicts, type=tuple[Verdict, ...]),
        findings=msgspec.json.decode(row.findings, type=tuple[Finding, ...]),
        graded_at=aware(row.graded_at),
        graded_by=row.graded_by,
        key=row.key,
        receipt=Receipt(number=row.number, is_late=row.is_late, received_at=row.received_at and aware(row.received_at)),
    )


def mark_row(mark: Mark) -> MarkRow:
    """The row of a mark that is not stored yet."""
    return MarkRow(
        student=mark.student,
        target=mark.target,
        action=mark.action.value,
        points=mark.points,
        out_of=mark.out_of,
        comment=mark.comment,
        by=mark.by,
        at=mark.at.astimezone(UTC),
    )


def mark_of(row: MarkRow) -> Mark:
    """The mark that a row holds."""
    return Mark(
        id=row.id,
        student=StudentId(row.student),
        target=CheckId(row.target),
        action=Action(row.action),
        points=row.points,
        out_of=row.out_of,
        comment=row.comment,
        by=row.by,
        at=aware(row.at),
    )


def release_row(release: Release) -> ReleaseRow:
    """The row of a release that is not stored yet."""
    return ReleaseRow(
        student=release.student,
        attempt=release.attempt,
        is_withdrawn=release.is_withdrawn,
        by=release.by,
        at=release.at.astimezone(UTC),
    )


def release_of(row: ReleaseRow) -> Release:
    """The release that a row holds."""
    return Release(
        student=StudentId(row.student),
        attempt=row.attempt,
        is_withdrawn=row.is_withdrawn,
        by=row.by,
        at=aware(row.at),
    )


def aware(time: datetime) -> datetime:
    """SQLite keeps no time zone; all that is stored is UTC."""
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
