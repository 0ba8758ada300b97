"""What a workspace remembers of its student: the hints taken, the name to hand in under."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from autograder.model.errors import UsageError
from autograder.model.ids import ExerciseId
from autograder.model.record import Record
from autograder.student.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

STATE_FILE = ".course/state.json"


class State(Record, frozen=True):
    """All that is remembered; a workspace without it is one in which nothing was asked yet."""

    hints: dict[ExerciseId, int] = msgspec.field(default_factory=dict)  # rungs taken of each ladder
    name: str | None = None  # of the submission


def read_state(root: Path) -> State:
    """What the workspace remembers.

    Raises:
        UsageError: its file is damaged.
    """
    file = root / STATE_FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=State)
    except FileNotFoundError:
        return State()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        remedy = "move it away to begin anew; it only counts the hints that you took"
        raise UsageError(f"{file} is damaged ({error}): {remedy}") from error


def write_state(root: Path, state: State) -> None:
    """Remember this from now on.

    Raises:
        UsageError: it can't be written.
    """
    write_whole(root / STATE_FILE, msgspec.json.format(msgspec.json.encode(state), indent=1) + b"\n")
