"""What a database says when it can't go on, in a sentence with the remedy."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy.exc import DBAPIError

from autograder.model.errors import AutograderError, MachineError, UsageError

_ELSEWHERE = "or name another with --gradebook or --out"
_DENIED = f"you may not use it: see the user and the password in its URL, {_ELSEWHERE}"

# A part of the driver's words, who must act, and what to do. SQLite's words first, then PostgreSQL's.
_REMEDIES: tuple[tuple[str, type[AutograderError], str], ...] = (
    ("is locked", MachineError, "another program holds it: close that program, or wait for its run to end"),
    ("disk is full", MachineError, "the disk is full: make room, and grade again; what was stored is still there"),
    ("readonly", UsageError, f"it can't be written: give yourself the right to write it, {_ELSEWHERE}"),
    ("unable to open", UsageError, "it can't be opened: see that its folder exists and that you may write there"),
    ("not a database", UsageError, f"it is not a gradebook: move the file away, {_ELSEWHERE}"),
    ("malformed", MachineError, "the file is damaged: keep a copy, and restore a backup or move it away"),
    (
        "disk I/O error",
        MachineError,
        "the disk failed: see that it is sound and has room, and grade again",
    ),
    ("No space left", MachineError, "its disk is full: make room, and grade again; what was stored is still there"),
    ("read-only", UsageError, f"it can't be written: give yourself the right to write it, {_ELSEWHERE}"),
    ("lock timeout", MachineError, "another program holds it: close that program, or wait for its run to end"),
    ("password", UsageError, _DENIED),
    ("permission denied", UsageError, _DENIED),
    ("does not exist", UsageError, f"its database or user is not there: make it (`createdb`), {_ELSEWHERE}"),
    ("failed to resolve", UsageError, "its host is not known: see how the URL writes it"),
    ("Connection refused", MachineError, "its server does not answer: see that it runs there, and grade again"),
    (
        "closed the connection",
        MachineError,
        "its server went away: start it again, and grade again",
    ),
    (
        "terminating connection",
        MachineError,
        "its server went away: start it again, and grade again",
    ),
)


@contextmanager
def told_in_words(name: str) -> Iterator[None]:
    """A block in which a fault of the gradebook called `name` is told in a sentence.

    Raises:
        MachineError: it is locked, full or damaged, or its server does not answer.
        UsageError: it can't be opened or written, or is no gradebook.
    """
    try:
        yield
    except DBAPIError as error:
        raise _in_words(name, str(error.orig)) from error
    except msgspec.DecodeError as error:
        raise _in_words(name, f"malformed record, {error}") from error


def _in_words(name: str, said: str) -> AutograderError:
    line = " ".join(said.split())
    for fragment, kind, remedy in _REMEDIES:
        if fragment in said:
            return kind(f"the gradebook {name}: {remedy} ({line})")
    return MachineError(f"the gradebook {name} failed: {line}; what was stored before is still there")
