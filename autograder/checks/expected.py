"""What the reference answers: the transcripts that candidates are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from autograder.model.errors import CourseError
from autograder.model.transcript import Graph, Transcript

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from autograder.model.check import Check, Task
    from autograder.model.course import Limits
    from autograder.model.ids import CheckId
    from autograder.sandbox.ended import Ended


class Child(Protocol):
    """A process in which a candidate is loaded."""

    def run(self, task: Task) -> Transcript | Ended:
        """Run one check."""


class Starter(Protocol):
    """Where such processes come from: the sandbox, as far as it matters here."""

    def start(self, files: dict[str, bytes], package: str, limits: Limits) -> AbstractContextManager[Child]:
        """Start one."""


def observe(
    sandbox: Starter, files: Mapping[str, bytes], package: str, limits: Limits, checks: Sequence[Check], seed: int
) -> dict[CheckId, Transcript]:
    """The reference's transcripts of some checks, from a process that holds nothing but the reference's files.

    Raises:
        CourseError: a transcript is none that others can be held against; names the check's file and line.
    """
    with sandbox.start(dict(files), package, limits) as child:
        return {check.id: sound(child.run(check.task(seed)), check) for check in checks}


def sound(reply: Transcript | Ended, check: Check) -> Transcript:
    """The reply itself, if it is a transcript that others can be held against.

    Raises:
        CourseError: the check did not end, raised, saw nothing, or saw more than a transcript holds.
    """
    where = f"{check.file}:{check.line}: on the reference, {check.id}"
    if not isinstance(reply, Transcript):
        raise CourseError(f"{where} {reply.outcome.value}: {reply.detail}")
    if reply.failure is not None:
        failure = reply.failure
        raise CourseError(
            f"{where} ends in {failure.type}: {failure.text} (line {failure.line}); wrap what is meant to raise in"
            f" see.raises()\n{failure.traceback}"
        )
    if not reply.entries:
        raise CourseError(f"{where} observes nothing; call a method of see")
    graphs = [entry.observation for entry in reply.entries if isinstance(entry.observation, Graph)]
    if reply.is_cut or any(graph.is_cut for graph in graphs):
        raise CourseError(f"{where} observes more than a transcript holds; make the example smaller")
    return reply
