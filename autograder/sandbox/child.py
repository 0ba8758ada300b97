"""One process in which one candidate lives: asked for transcripts, ended when it doesn't give them."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from autograder.model.transcript import Transcript  # noqa: TC001 - msgspec reads the annotation
from autograder.sandbox import ended
from autograder.sandbox.cell import Executed, Widgets
from autograder.sandbox.clock import WALL_PER_CPU, Budget, OutOfCpuError, OutOfPatienceError, process_of
from autograder.sandbox.ended import Ended
from autograder.sandbox.wire import BrokenWireError, HungUpError, Reply, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from socket import socket
    from types import TracebackType

    from autograder.model.check import Task
    from autograder.model.course import Limits
    from autograder.probe import File

SHUT_IN_S = 4.0  # CPU seconds, of which a child needs a few thousandths
OUTPUT_UNIT = 1024


class Loaded(Reply, frozen=True):
    """The candidate's files were imported, or the candidate failed at it: its first transcript says so."""


class Ran(Reply, frozen=True):
    """A check was run."""

    transcript: Transcript


R = TypeVar("R", bound=Reply)


class Child:
    """A candidate's process, as a context manager; made by `Sandbox.start`.

    Attributes:
        ended: how it ended; None while it lives.
        cpu_s: CPU seconds that its questions used; after its end, those of all its processes.
        loads: how often it has loaded a candidate; a child that is as new has done so once.
    """

    def __init__(
        self,
        channel: socket,
        handle: int | None,
        limits: Limits,
        shared: Mapping[File, int],
        end: Callable[[], tuple[int, float]],
    ) -> None:
        self.ended: Ended | None = None
        self.cpu_s = 0.0
        self.loads = 0
        self._waited_s = 0.0
        self._wire = Wire(channel, handle)
        self._handle = handle
        self._pid = None if handle is None else process_of(handle)
        self._limits = limits
        self._shared = shared
        self._end: Callable[[], tuple[int, float]] | None = end
        self._status = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def used_s(self) -> float:
        """Of its submission's CPU seconds: those that it used, or could have used while it was waited for."""
        return max(self.cpu_s, self._waited_s / WALL_PER_CPU)

    def wait_until_shut_in(self) -> tuple[str, str] | None:
        """Wait for its first word, before any student code runs; which means it lacked and why, if any."""
        try:
            word: dict[str, str] = msgspec.json.decode(self._wire.receive(Budget(SHUT_IN_S, self._pid).left))
        except HungUpError:
            return "process", "a child ended before it was shut in"
        except (OutOfCpuError, OutOfPatienceError):
            return "process", "a child was not shut in in time, as on a machine that is too busy"
        return (word["missing"], word["detail"]) if "missing" in word else None

    def load(self, files: Mapping[str, bytes], package: str) -> None:
        """Import a candidate, which takes the place of an earlier one; `ended` says so where that ended the child.

        Files that its warm parent knows are there already, each at its place.
        """
        self.loads += 1
        known = [self._shared[file] for file in files.items() if file in self._shared]
        new = [(path, data) for path, data in files.items() if (path, data) not in self._shared]
        sent = {path: base64.b64encode(data).decode() for path, data in new}
        question = {"do": "load", "files": sent, "shared": known, "package": package}
        self.ask(Loaded, question, self._limits.check_cpu_s)

    def run(self, task: Task, cpu_limit_s: float | None = None) -> Transcript | Ended:
        """What one check saw; or how the child ended, in which case it is dead and answers the same from now on.

        It may use the CPU seconds that the limits give a check, where not told otherwise.
        """
        question = {"do": "run", "task": task, "output_bytes": self._limits.output_kib * OUTPUT_UNIT}
        reply = self.ask(Ran, question, self._limits.check_cpu_s if cpu_limit_s is None else cpu_limit_s)
        if isinstance(reply, Ended):
            return reply
        failure = reply.transcript.failure
        if failure is not None and (how := ended.at_a_limit(failure.type, failure.text, self._limits)) is not None:
            return self._die(how)
        return reply.transcript

    def execute(self, source: str) -> Executed | Ended:
        """What one cell of a notebook put out; or how the child ended. Its sandbox has a shell."""
        question = {"do": "execute", "source": source, "output_bytes": self._limits.output_kib * OUTPUT_UNIT}
        return self.ask(Executed, question, self._limits.cell_cpu_s)

    def widgets(self) -> Widgets | Ended:
        """The state of the widgets that cells have made."""
        return self.ask(Widgets, {"do": "widgets"}, self._limits.cell_cpu_s)

    def ask(self, kind: type[R], question: dict[str, Any], cpu_limit_s: float) -> R | Ended:
        """The answer to a question, within its own CPU seconds and those that the whole submission has left."""
        if self.ended is not None:
            return self.ended
        left_s = min(cpu_limit_s, self._limits.submission_cpu_s - self.used_s)
        budget = Budget(left_s, self._pid)
        try:
            return self._wire.ask(kind, question, budget.left)
        except OutOfCpuError:
            return self._die(ended.out_of_cpu(left_s) if left_s == cpu_limit_s else ended.out_of_budget())
        except OutOfPatienceError as error:
            return self._die(ended.out_of_patience(error.seconds))
        except BrokenWireError as error:
            return self._die(ended.broken(str(error)))
        except HungUpError:
            return self._die(None)
        finally:
            self._waited_s += budget.waited_s()
            if self.ended is None:
                self.cpu_s += budget.spent_s()

    def close(self) -> None:
        """End the process and all that it started. May be called again."""
        if self._end is None:
            return
        end, self._end = self._end, None
        self._wire.close()
        if self._handle is not None:
            os.close(self._handle)
        self._status, self.cpu_s = end()

    def _die(self, how: Ended | None) -> Ended:
        """Close, and remember how it ended: as was seen from here, or else by its own exit status."""
        self.close()
        self.ended = how or ended.ended_by(self._status, self._limits.memory_mib)
        return self.ended
