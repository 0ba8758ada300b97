"""Many submissions graded side by side.

An executor takes submissions and gives them back graded, in the order in which they end. This one has processes on
this machine, each with a warm sandbox of its own; others can have other machines.
"""

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Protocol

import msgspec

from autograder.grading.findings import lesson_stems
from autograder.grading.grader import Graded, grade, not_graded
from autograder.grading.intake import Found
from autograder.grading.plan import Plan
from autograder.sandbox.warm import Sandbox

_PROCESSES = multiprocessing.get_context("spawn")  # a fork would inherit whatever the grader has open
_WALL_PER_CPU, _WALL_BESIDES_S = 12.0, 120.0  # a worker that is silent for longer than any submission may take is hung
_GOODBYE_S = 5.0  # until a worker that was told to end is killed


Work = Callable[[Plan, Connection], None]  # a worker's whole life; its process begins with nothing but these two


class Executor(Protocol):
    """Where submissions are graded."""

    def grade(self, submissions: Iterable[Found]) -> Iterator[Graded]:
        """Each submission graded, in the order in which they end; they are asked for as workers become free."""


class LocalWorkers:
    """Processes of this machine. A worker that dies or fails is replaced, and its submission graded again, once."""

    def __init__(self, plan: Plan, jobs: int, work: Work | None = None) -> None:
        self._plan = plan
        self._jobs = jobs
        self._work = work or grade_until_hung_up

    def grade(self, submissions: Iterable[Found]) -> Iterator[Graded]:
        """Each submission graded, in the order in which they end."""
        tasks = _Tasks(submissions)
        idle: list[_Worker] = []
        busy: dict[_Worker, _Task] = {}
        try:
            while True:
                while len(busy) < self._jobs and (task := tasks.next()) is not None:
                    worker = idle.pop() if idle else _Worker(self._plan, self._work)
                    busy[worker] = task
                    worker.give(task.found)
                if not busy:
                    return
                for worker in _finished(list(busy)):
                    task, answer = busy.pop(worker), worker.answer()
                    if isinstance(answer, Graded) and answer.is_whole:
                        idle.append(worker)
                        yield answer
                        continue
                    worker.stop()
                    if task.is_second:
                        yield answer if isinstance(answer, Graded) else not_graded(task.found, self._plan, answer)
                    else:
                        tasks.again(task)
        finally:
            for worker in (*idle, *busy):
                worker.stop()


def grade_until_hung_up(plan: Plan, connection: Connection) -> None:
    """A worker's whole life: grade what comes, until the other end hangs up."""
    has_shell = bool(lesson_stems(plan.course))
    hung_up = suppress(EOFError, OSError, KeyboardInterrupt)
    with hung_up, Sandbox(plan.course.packages, plan.level, has_shell=has_shell, shared=plan.shared) as sandbox:
        while True:
            graded = grade(connection.recv(), plan, sandbox)
            connection.send_bytes(msgspec.json.encode(graded))


@dataclass(frozen=True, slots=True)
class _Task:
    found: Found
    is_second: bool = False


class _Tasks:
    """What is still to do: second tries before first ones."""

    def __init__(self, submissions: Iterable[Found]) -> None:
        self._source = iter(submissions)
        self._again: deque[_Task] = deque()

    def next(self) -> _Task | None:
        if self._again:
            return self._again.popleft()
        found = next(self._source, None)
        return None if found is None else _Task(found)

    def again(self, task: _Task) -> None:
        self._again.append(_Task(task.found, is_second=True))


class _Worker:
    """One process, which has one submission at a time."""

    def __init__(self, plan: Plan, work: Work) -> None:
        self.connection, theirs = _PROCESSES.Pipe()
        self.deadline_s = 0.0
        self._patience_s = _WALL_PER_CPU * plan.course.limits.submission_cpu_s + _WALL_BESIDES_S
        self._process = _PROCESSES.Process(target=work, args=(plan, theirs))
        self._process.start()
        theirs.close()

    def give(self, found: Found) -> None:
        self.deadline_s = time.monotonic() + self._patience_s
        with suppress(OSError):  # it is dead, which `answer` will tell
            self.connection.send(found)

    def answer(self) -> Graded | str:
        """What came of its submission, or why nothing did."""
        try:
            if not self.connection.poll():
                self._process.kill()
                return "a worker process did not answer"
            return msgspec.json.decode(self.connection.recv_bytes(), type=Graded)
        except (OSError, EOFError):
            self._process.join(_GOODBYE_S)
            return f"a worker process ended with exit code {self._process.exitcode}"

    def stop(self) -> None:
        self.connection.close()  # upon which it ends by itself
        self._process.join(_GOODBYE_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def _finished(busy: list[_Worker]) -> list[_Worker]:
    """The workers that have answered, died, or been silent for too long; waits for one."""
    deadline_s = min(worker.deadline_s for worker in busy)
    ready = set(wait([worker.connection for worker in busy], max(0.0, deadline_s - time.monotonic())))
    now_s = time.monotonic()
    return [worker for worker in busy if worker.connection in ready or worker.deadline_s <= now_s]
