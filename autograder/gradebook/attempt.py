"""The records of what was graded: an attempt, and what its verdicts were made from."""

from datetime import UTC, datetime
from typing import Self

from msgspec.structs import replace

from autograder.model.ids import CheckId, StudentId
from autograder.model.record import Record
from autograder.model.submission import Finding, Receipt
from autograder.model.transcript import Transcript
from autograder.model.verdict import Verdict

UNCERTAIN = "?"
_NEVER = datetime.min.replace(tzinfo=UTC)


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
    id: int | None = None  # its number in the gradebook, which grows with time; None before it is stored
    graded_by: str = ""  # who ran the grader; empty in attempts of an older gradebook
    key: str = ""  # names all that the verdicts depend on: graded again under one key, they would be the same. Where
    # that isn't sure, as with a time-out, it ends in UNCERTAIN
    receipt: Receipt = Receipt()

    def says_the_same_as(self, other: Self) -> bool:
        """Whether it differs in nothing but when it was made, by whom, and how long it took."""
        return self._said() == other._said()

    def _said(self) -> Self:
        verdicts = tuple(replace(verdict, cpu_s=0.0) for verdict in self.verdicts)
        return replace(self, id=None, graded_at=_NEVER, graded_by="", verdicts=verdicts)


class Judgement(Record, frozen=True):
    """What one verdict was made from."""

    check: CheckId
    address: str | None = None  # names all that the verdict depends on; None: it is not to be used again
    transcript: Transcript | None = None  # None where the check did not run to its end


class Execution(Record, frozen=True):
    """A submission's notebooks as they were executed, and what that had to say."""

    address: str  # names all that it depends on
    notebooks: dict[str, bytes]
    findings: tuple[Finding, ...]


class Evidence(Record, frozen=True):
    """What an attempt's verdicts were made from; kept apart, since it is large and seldom asked for."""

    judgements: tuple[Judgement, ...] = ()
    execution: Execution | None = None
