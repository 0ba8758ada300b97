"""What the terminal's process and the worker, in which student code runs, say to each other: one JSON line each."""

from __future__ import annotations

from autograder.model.check import Check
from autograder.model.ids import CheckId
from autograder.model.record import Record
from autograder.model.verdict import Cause, Verdict


class Collect(Record, frozen=True, tag="collect"):
    """Which checks are there?"""


class Load(Record, frozen=True, tag="load"):
    """Import the student's package as it is now."""


class Judge(Record, frozen=True, tag="judge"):
    """Run one check."""

    check: Check


Request = Collect | Load | Judge


class Ready(Record, frozen=True, tag="ready"):
    """The worker has started; it interrupts by itself what takes longer than `limit_s`."""

    limit_s: float


class BadFile(Record, frozen=True):
    """A file of checks that can't be read."""

    file: str  # "checks/test_edge.py"
    error: str


class Collected(Record, frozen=True, tag="collected"):
    """The checks of the files that can be read."""

    checks: tuple[Check, ...]
    bad_files: tuple[BadFile, ...] = ()
    lost: tuple[CheckId, ...] = ()  # expected by the workspace, and in none of its files


class Loaded(Record, frozen=True, tag="loaded"):
    """The package was imported, or why not."""

    fault: Cause | None = None


class Judged(Record, frozen=True, tag="judged"):
    """What came of a check."""

    verdict: Verdict


class Refused(Record, frozen=True, tag="refused"):
    """The workspace can't be opened."""

    message: str


Answer = Ready | Collected | Loaded | Judged | Refused
