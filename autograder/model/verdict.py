"""What the grader made of one check."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from autograder.model.ids import CheckId
from autograder.model.record import Record
from autograder.model.transcript import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable


class Outcome(StrEnum):
    """How a check ended; one for every planned check. Only PASSED earns points, UNGRADED is never a zero."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"  # student code raised
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    TOO_MANY_PROCESSES = "too many processes"
    TOO_MANY_OPEN_FILES = "too many open files"
    FILE_TOO_LARGE = "file too large"
    DISK_FULL = "disk full"
    CRASHED = "crashed"
    NOT_RUN = "not run"  # the cause names why
    UNGRADED = "ungraded"  # our fault


class Difference(Record, frozen=True):
    """The first place at which two transcripts part.

    `path` is what a student can type to look for themselves; `expected` and `found` are shown as Python writes them.
    """

    path: str  # "out.grad_fn.next_functions[1]"
    expected: str  # "(None, 0)"
    found: str | None  # None: nothing
    line: int | None = None  # of the check
    graphs: tuple[Graph, Graph] | None = None  # expected and found, where a graph differs


class Cause(Record, frozen=True):
    """Why a check did not pass: a sentence (in English, the catalogue's key) with its values, or a difference."""

    message: str  # with {placeholders}
    values: dict[str, str] = {}
    difference: Difference | None = None
    line: int | None = None  # of the check, where an exception ended it
    traceback: str = ""

    def __str__(self) -> str:
        return self.message.format_map(self.values)


class Verdict(Record, frozen=True):
    """The outcome of one check of one submission."""

    check: CheckId
    outcome: Outcome
    cause: Cause | None = None  # present unless PASSED
    output: str = ""  # what the check printed; kept for public checks only
    cpu_s: float = 0.0


def are_whole(verdicts: Iterable[Verdict]) -> bool:
    """Whether every check was graded."""
    return all(verdict.outcome is not Outcome.UNGRADED for verdict in verdicts)
