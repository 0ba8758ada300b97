"""What a database says when it can't go on, in a sentence with the remedy."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy.exc import DBAPIError

from autograder.model.errors import AutograderError, MachineError, UsageError

# A part of the driver's words, who must act, and what to do.
_REMEDIES: tuple[tuple[str, type[AutograderError], str], ...] = (
    ("is locked", MachineError, "another program holds it: close that program, or wait for its run to end"),
    ("disk is full", MachineError, "the disk is full: make room, and grade again; what was stored is still there"),
    ("readonly", UsageError, "it can't be written: give yourself the right to write it, or choose another --out"),
    ("unable to open", UsageError, "it can't be opened: see that its folder exists and that you may write there"),
    ("not a database", UsageError, "it is not a gradebook: move the file away, or choose another --out"),
    ("malformed", MachineError, "the file is damaged: keep a copy, and restore a backup or move it away"),
)


@contextmanager
def told_in_words(name: str) -> Iterator[None]:
    """A block in which a fault of the gradebook called `name` is told in a sentence.

    Raises:
        MachineError: it is locked, full or damaged.
        UsageError: it can't be opened or written, or is no gradebook.
    """
    try:
        yield
    except DBAPIError as error:
        raise _in_words(name, str(error.orig)) from error
    except msgspec.DecodeError as error:
        raise _in_words(name, f"malformed record, {error}") from error


def _in_words(name: str, said: str) -> AutograderError:
    for fragment, kind, remedy in _REMEDIES:
        if fragment in said:
            return kind(f"the gradebook {name}: {remedy} ({said})")
    return MachineError(f"the gradebook {name} failed: {said}; what was stored before is still there")
