"""The record that the gradebook keeps: one grading of one submission."""

from datetime import datetime

from autograder.model.ids import StudentId
from autograder.model.record import Record
from autograder.model.submission import Finding
from autograder.model.verdict import Verdict


class Attempt(Record, frozen=True):
    """One grading of one submission, with all that is needed to score it again or to repeat it."""

    student: StudentId
    submission_digest: str
    course_digest: str
    level: str  # the isolation that the run had
    seed: int
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    graded_at: datetime  # aware, UTC
