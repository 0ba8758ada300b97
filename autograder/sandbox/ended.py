"""How a child ended, when it did not answer."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import msgspec

from autograder.model.language import sentence
from autograder.model.record import Record
from autograder.model.verdict import Outcome
from autograder.sandbox.inside.limits import OPEN_FILES
from autograder.sandbox.inside.room import WORK_MIB
from autograder.sandbox.inside.serve import OUT_OF_MEMORY

if TYPE_CHECKING:
    from autograder.model.course import Limits


_HANG_ON_THE_MACHINE = {Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY, Outcome.TOO_MANY_PROCESSES}


class Ended(Record, frozen=True):
    """The child is dead: an outcome, and a sentence with {placeholders}, which the catalogue has."""

    outcome: Outcome
    message: str
    values: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def is_lasting(self) -> bool:
        """Whether it would end so again: what the machine may be short of itself did not end it."""
        return self.outcome not in _HANG_ON_THE_MACHINE and self.values.get("name") != signal.SIGKILL.name

    @property
    def detail(self) -> str:
        """The sentence, filled in."""
        return self.message.format_map(self.values)


def out_of_cpu(seconds: float) -> Ended:
    """It computed for too long."""
    return Ended(
        outcome=Outcome.TIMED_OUT,
        message=sentence("still computing after {seconds} s of CPU time; is there a loop that never ends?"),
        values={"seconds": f"{seconds:g}"},
    )


def out_of_patience(seconds: float) -> Ended:
    """It let too much time pass without computing."""
    return Ended(
        outcome=Outcome.TIMED_OUT,
        message=sentence("no answer after {seconds} s; does it sleep, or wait for something that never comes?"),
        values={"seconds": f"{seconds:g}"},
    )


def out_of_budget() -> Ended:
    """Its submission may use no more."""
    return Ended(outcome=Outcome.TIMED_OUT, message=sentence("the time of the whole submission is used up"))


def out_of_memory(mebibytes: int) -> Ended:
    """It wanted more memory than it may have."""
    return Ended(
        outcome=Outcome.OUT_OF_MEMORY,
        message=sentence("it asked for more memory than the {mebibytes} MiB that it may use"),
        values={"mebibytes": str(mebibytes)},
    )


def at_a_limit(kind: str, text: str, limits: Limits) -> Ended | None:
    """The limit that an exception tells of by its type and text; what comes after it would suffer from it as well."""
    said = f"{kind}: {text}"
    return next((how for start, how in _limits(limits).items() if said.startswith(start)), None)


def _limits(limits: Limits) -> dict[str, Ended]:
    """What is raised at each limit, as the start of a type and a text, and how it ends then."""
    return {
        "MemoryError": out_of_memory(limits.memory_mib),
        "OSError: [Errno 12]": out_of_memory(limits.memory_mib),
        "BlockingIOError: [Errno 11]": _met(
            Outcome.TOO_MANY_PROCESSES,
            sentence("it asked for more processes and threads than the {most} that it may have"),
            limits.processes,
        ),
        "RuntimeError: can't start new thread": _met(
            Outcome.TOO_MANY_PROCESSES,
            sentence("it asked for more threads than its {most} processes and threads, or its memory, allow"),
            limits.processes,
        ),
        "OSError: [Errno 24]": _met(
            Outcome.TOO_MANY_OPEN_FILES, sentence("it opened more files than the {most} that may be open"), OPEN_FILES
        ),
        "OSError: [Errno 27]": _met(
            Outcome.FILE_TOO_LARGE,
            sentence("it wrote a file that is larger than the {most} MiB that one may have"),
            limits.file_mib,
        ),
        "OSError: [Errno 28]": _met(
            Outcome.DISK_FULL, sentence("its files are larger than {most} MiB in all"), WORK_MIB
        ),
    }


def _met(outcome: Outcome, message: str, most: int) -> Ended:
    return Ended(outcome=outcome, message=message, values={"most": str(most)})


def broken(how: str) -> Ended:
    """It wrote something on the line to the grader that is no answer."""
    return Ended(
        outcome=Outcome.CRASHED,
        message=sentence("the process did not answer as it should: {how}"),
        values={"how": how},
    )


def ended_by(status: int, mebibytes: int) -> Ended:
    """It died by itself, with that wait status."""
    if os.WIFSIGNALED(status):
        return _signalled(os.WTERMSIG(status))
    if os.WEXITSTATUS(status) == OUT_OF_MEMORY:
        return out_of_memory(mebibytes)
    return Ended(
        outcome=Outcome.CRASHED,
        message=sentence("the process ended in the middle, with exit status {status}"),
        values={"status": str(os.WEXITSTATUS(status))},
    )


def _signalled(number: int) -> Ended:
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    if number == signal.SIGXCPU:
        return out_of_budget()
    return Ended(
        outcome=Outcome.CRASHED,
        message=sentence("the process was killed in the middle, by signal {name}"),
        values={"name": name},
    )
