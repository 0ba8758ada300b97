"""What a student handed in, once it has been looked through."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from autograder.model.ids import StudentId
from autograder.model.record import Record


class Severity(StrEnum):
    """How much a finding matters."""

    NOTE = "note"  # tolerated, told
    PROBLEM = "problem"  # costs something: a missing file, a broken notebook
    FAULT = "fault"  # of the grader or its machine: costs the student nothing, and the instructor grades again


class Finding(Record, frozen=True):
    """Something intake saw, with what to do about it."""

    severity: Severity
    file: str
    message: str  # English with {placeholders}: what was expected, what was found, the next step
    values: dict[str, str] = {}

    def __str__(self) -> str:
        return self.message.format_map({"file": self.file, **self.values})


class Receipt(Record, frozen=True):
    """What the platform says of how a submission came."""

    number: int = 1  # which of the student's submissions it is
    is_late: bool = False
    received_at: datetime | None = None  # aware, UTC; None where the platform doesn't say


class Submission(Record, frozen=True):
    """One student's files as they will be run: what the student may write, with the given files restored.

    `files` maps paths relative to the workspace ("mytorch/node.py", "lessons/01_first_graph.ipynb") to their bytes.
    """

    student: StudentId
    files: dict[str, bytes]
    digest: str
    findings: tuple[Finding, ...] = ()
