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
        ("attempt to write a readonly database", UsageError, "give yourself the right to write it, or choose another"),
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
