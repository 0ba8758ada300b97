"""What a database's driver says, told with the remedy."""

import sqlite3

import msgspec
import pytest
from sqlalchemy.exc import OperationalError

from autograder.gradebook.faults import told_in_words
from autograder.model.errors import MachineError, UsageError


@pytest.mark.parametrize(
    ("said", "kind", "remedy"),
    [
        ("database or disk is full", MachineError, "make room, and grade again; what was stored is still there"),
        ("attempt to write a readonly database", UsageError, "give yourself the right to write it, or name another"),
        ("disk I/O error", MachineError, "see that it is sound and has room, and grade again"),
        ("No space left on device", MachineError, "its disk is full: make room, and grade again"),
        (
            "cannot execute INSERT in a read-only transaction",
            UsageError,
            "it can't be written: give yourself the right",
        ),
        ("canceling statement due to lock timeout", MachineError, "another program holds it: close that program"),
        ("password authentication failed", UsageError, "see the user and the password in its URL"),
        ("permission denied for table attempts", UsageError, "you may not use it: see the user"),
        ("failed to resolve host 'nowhere'", UsageError, "its host is not known: see how the URL writes it"),
        ("server closed the connection unexpectedly", MachineError, "its server went away: start it again"),
        ("terminating connection due to administrator command", MachineError, "its server went away: start it again"),
        ("database disk image is malformed", MachineError, "keep a copy, and restore a backup or move it away"),
    ],
)
def test_a_fault_names_the_gradebook_and_the_remedy(said, kind, remedy):
    """The driver's own words stand at the end."""
    with pytest.raises(kind, match=rf"the gradebook g\.db: .*{remedy}.* \({said}\)"), told_in_words("g.db"):
        raise OperationalError("insert", {}, sqlite3.OperationalError(said))


def test_a_record_that_is_no_record_is_told_in_words():
    """What the database holds but no verdict can be read from is the gradebook's fault, not a traceback."""
    with (
        pytest.raises((MachineError, UsageError), match=r"the gradebook g\.db: .*malformed record, "),
        told_in_words("g.db"),
    ):
        raise msgspec.DecodeError("JSON is malformed: invalid character (byte 0)")
