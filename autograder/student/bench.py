"""The student's code at work, at arm's length: in a worker process that is ended and replaced when it is stuck."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, Self, TypeVar

import msgspec

from autograder.checks.causes import ENDED_IN_IMPORT, OUT_OF_TIME, STUCK_IMPORT
from autograder.model.errors import MachineError, UsageError
from autograder.model.language import sentence
from autograder.model.verdict import Cause, Outcome, Verdict
from autograder.model.workspace import EXPECTED_FILE
from autograder.student.talk import Collect, Collected, Judge, Judged, Load, Loaded, Ready, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from autograder.model.check import Check
    from autograder.model.ids import ExerciseId
    from autograder.student.talk import Request

A = TypeVar("A", Ready, Collected, Loaded, Judged)

START_S = 60.0  # for a Python that starts on a slow disk
GRACE_S = 2.0  # the worker interrupts what is too late by itself; if it has not after this, nothing interrupts it
HASTE_S = 1.0  # for a check after another was stuck; an honest one takes milliseconds
POLL_S = 0.05  # how often a wait looks whether the answer is still wanted
WIND_UP_S = 0.2  # for an answer that is no longer wanted: sooner than a new worker starts, most of them are there

ENDED = sentence("the Python that ran this check ended in the midst of it; does your code leave it, or recurse deeply?")
STUCK_BEFORE = sentence("not run, since another check of this exercise was not finished in time")


class Unwanted(Exception):  # noqa: N818 - no error of the program
    """Nobody waits for the answer any more."""


class _Late(Exception):  # noqa: N818 - becomes a verdict
    """No answer in time."""


class _Gone(Exception):  # noqa: N818 - becomes a verdict
    """The worker ended without an answer."""


class Bench:
    """A workspace's code, to be loaded and judged; a context manager that ends the worker.

    Attributes:
        limit_s: seconds by the clock that one check may take.

    Raises:
        Unwanted: from any question, once `is_unwanted` says so; a worker that is in the midst of something is replaced.
        UsageError: the workspace can't be opened.
        MachineError: Python can't be started anew.
    """

    def __init__(self, root: Path, package: str, is_unwanted: Callable[[], bool] = lambda: False) -> None:
        self._root = root
        self._package = package
        self._is_unwanted = is_unwanted
        self.limit_s = START_S
        self._is_ready = False
        self._start()

    def __enter__(self) -> Self:
        """The bench itself; the worker is starting."""
        return self

    def __exit__(self, *error: object) -> None:
        """End the worker."""
        self._end()

    def collect(self) -> Collected:
        """The workspace's public checks.

        Raises:
            MachineError: the worker ended.
        """
        try:
            return self._ask(Collect(), Collected, START_S)
        except (_Late, _Gone) as error:
            raise MachineError("the workspace's checks can't be collected: the Python that does it ended") from error

    def load(self) -> Cause | None:
        """Import the student's package as it is now; the cause, if it can't be imported."""
        try:
            return self._ask(Load(), Loaded, self.limit_s + GRACE_S).fault
        except _Late:
            values = {"package": self._package, "seconds": f"{self.limit_s:g}"}
            return Cause(message=STUCK_IMPORT, values=values)
        except _Gone:
            return Cause(message=ENDED_IN_IMPORT, values={"package": self._package})

    def judge(self, checks: Iterable[Check]) -> Iterator[tuple[Check, Verdict]]:
        """Each check with its verdict, as soon as there is one.

        After one that is stuck, the others of its exercise are not run, and all others have less time: most of them
        will be stuck in the same place.
        """
        stuck: set[ExerciseId] = set()
        for check in checks:
            if self._is_unwanted():
                raise Unwanted
            if check.exercise in stuck:
                yield check, _verdict(check, Outcome.NOT_RUN, Cause(message=STUCK_BEFORE))
                continue
            verdict = self._verdict(check, HASTE_S if stuck else self.limit_s)
            if verdict.outcome is Outcome.TIMED_OUT:
                stuck.add(check.exercise)
            yield check, verdict

    def _verdict(self, check: Check, limit_s: float) -> Verdict:
        try:
            return self._ask(Judge(check=check), Judged, limit_s + GRACE_S).verdict
        except _Late:
            cause = Cause(message=OUT_OF_TIME, values={"seconds": f"{limit_s:g}"})
            return _verdict(check, Outcome.TIMED_OUT, cause)
        except _Gone:
            return _verdict(check, Outcome.CRASHED, Cause(message=ENDED))

    def _ask(self, request: Request, kind: type[A], limit_s: float) -> A:
        """The answer to a request; after none, a new worker stands in the place of the old one."""
        try:
            if not self._is_ready:
                self.limit_s = self._answer(Ready, START_S).limit_s
                self._is_ready = True
            with contextlib.suppress(OSError):  # it has ended, as the missing answer will show
                self._requests.write(msgspec.json.encode(request) + b"\n")
                self._requests.flush()
            return self._answer(kind, limit_s)
        except (_Late, _Gone, Unwanted):
            self._end()
            self._start()
            raise

    def _answer(self, kind: type[A], limit_s: float) -> A:
        line = self._line(time.monotonic() + limit_s)
        try:
            answer = msgspec.json.decode(line, type=kind | Refused)
        except msgspec.MsgspecError as error:  # student code found the pipe, and wrote into it
            raise _Gone from error
        if isinstance(answer, Refused):
            raise UsageError(f"{answer.message}. `autograder reset {EXPECTED_FILE}` brings it back")
        return answer

    def _line(self, until: float) -> bytes:
        is_wanted = True
        while True:
            try:
                line = self._lines.get(timeout=POLL_S)
            except queue.Empty:
                if is_wanted and self._is_unwanted():
                    is_wanted, until = False, min(until, time.monotonic() + WIND_UP_S)
                if time.monotonic() > until:
                    raise (_Late if is_wanted else Unwanted) from None
                continue
            if line is None:
                raise _Gone
            return line

    def _start(self) -> None:
        command = [sys.executable, "-P", "-m", "autograder.student.worker", str(self._root)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own worker, by this very Python
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that Ctrl-C in the terminal reaches us alone
            )
        except OSError as error:
            raise MachineError(f"{sys.executable} can't be started ({error.strerror})") from error
        assert self._process.stdin is not None  # noqa: S101 - a pipe, asked for above
        assert self._process.stdout is not None  # noqa: S101
        self._requests: IO[bytes] = self._process.stdin
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._is_ready = False
        threading.Thread(target=_read, args=(self._process.stdout, self._lines), daemon=True).start()

    def _end(self) -> None:
        """End the worker and whatever it started."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._requests.close()


def _read(stream: IO[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    """Pass on each line, and None at the end."""
    with stream:
        for line in stream:
            lines.put(line)
    lines.put(None)


def _verdict(check: Check, outcome: Outcome, cause: Cause) -> Verdict:
    return Verdict(check=check.id, outcome=outcome, cause=cause)
