"""A graph drawn at the command line: student code records it, in a process that a time limit ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec

from autograder.model.errors import MachineError, UsageError
from autograder.model.ids import Language
from autograder.model.record import Record

if TYPE_CHECKING:
    from pathlib import Path


class Sketch(Record, frozen=True):
    """What is to be drawn."""

    source: str  # some Python, or "script.py", or "script.py:name"
    package: str  # what is called `torch` in some Python
    language: Language
    is_backward: bool = False
    has_values: bool = False


class Drawn(Record, frozen=True, tag="drawn"):
    """The picture's SVG or the film's page, and the same in words."""

    text: str
    sentences: tuple[str, ...]


class Raised(Record, frozen=True, tag="raised"):
    """The code raised: the last lines of its traceback, the student's frames only."""

    traceback: str


class Unfit(Record, frozen=True, tag="unfit"):
    """There is nothing to draw, in one sentence."""

    message: str


Answer = Drawn | Raised | Unfit


def sketch(root: Path, wanted: Sketch, limit_s: float) -> Drawn | Raised:
    """The graph that some code records with the package of the workspace at `root`, drawn.

    The code has `limit_s` seconds by the clock, Python's own start included.

    Raises:
        UsageError: there is nothing to draw, or the code takes longer.
        MachineError: no Python can be started.
    """
    line = _answer(root, msgspec.json.encode(wanted), limit_s)
    try:
        answer: Answer = msgspec.json.decode(line, type=Answer)
    except msgspec.MsgspecError as error:
        raise UsageError(f"Python ended while it ran {wanted.source!r}: did the code end it?") from error
    if isinstance(answer, Unfit):
        raise UsageError(answer.message)
    return answer


def _answer(root: Path, request: bytes, limit_s: float) -> bytes:
    """What the process in which the code runs has to say; whatever it started ends with it."""
    command = [sys.executable, "-P", "-m", "autograder.student.sketching", str(root)]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own module, by this very Python
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise MachineError(f"{sys.executable} can't be started ({error.strerror})") from error
    try:
        return process.communicate(request, timeout=limit_s)[0]
    except subprocess.TimeoutExpired:
        raise UsageError(f"not finished after {limit_s:g} seconds; is there a loop that never ends?") from None
    finally:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
