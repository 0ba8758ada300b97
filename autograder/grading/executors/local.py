"""Processes of this machine that grade side by side, each with a warm sandbox of its own."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Connection, wait

import msgspec

from autograder.grading.executors.bench import Bench
from autograder.grading.executors.executor import Task, Tasks, patience_s
from autograder.grading.grader import Graded
from autograder.grading.intake import Found
from autograder.grading.plan import Plan

_PROCESSES = multiprocessing.get_context("spawn")  # a fork would inherit whatever the grader has open
_GOODBYE_S = 5.0  # until a worker that was told to end is killed


Work = Callable[[Plan, Connection], None]  # a worker's whole life; its process begins with nothing but these two


class LocalWorkers:
    """Processes of this machine. A worker that dies or fails is replaced, and its submission graded again, once."""

    def __init__(self, plan: Plan, jobs: int, work: Work | None = None) -> None:
        self._plan = plan
        self._jobs = jobs
        self._work = work or grade_until_hung_up

    def grade(self, submissions: Iterable[Found]) -> Iterator[Graded]:
        """Each submission graded, in the order in which they end."""
        tasks = Tasks(submissions, self._plan)
        cpus = _cpus(self._jobs)
        idle: list[_Worker] = []
        busy: dict[_Worker, Task] = {}
        try:
            while True:
                while len(busy) < self._jobs and (task := tasks.next()) is not None:
                    worker = idle.pop() if idle else _Worker(self._plan, self._work, cpus.pop())
                    busy[worker] = task
                    worker.give(task.found)
                if not busy:
                    return
                for worker in _finished(list(busy)):
                    task, answer = busy.pop(worker), worker.answer()
                    if isinstance(answer, Graded) and answer.is_whole:
                        idle.append(worker)
                    else:
                        worker.stop()
                        cpus.append(worker.cpu)
                    if (graded := tasks.settled(task, answer)) is not None:
                        yield graded
        finally:
            for worker in (*idle, *busy):
                worker.stop()


def grade_until_hung_up(plan: Plan, connection: Connection) -> None:
    """A worker's whole life: grade what comes, until the other end hangs up."""
    with suppress(EOFError, OSError, KeyboardInterrupt), closing(Bench(plan)) as bench:
        while True:
            connection.send_bytes(msgspec.json.encode(bench.grade(connection.recv())))


class _Worker:
    """One process, which has one submission at a time; it and its sandbox, which wait for each other, share a CPU.

    Attributes:
        cpu: its number; None where processes can't be kept on one.
    """

    def __init__(self, plan: Plan, work: Work, cpu: int | None) -> None:
        self.connection, theirs = _PROCESSES.Pipe()
        self.deadline_s = 0.0
        self.cpu = cpu
        self._patience_s = patience_s(plan)
        self._process = _PROCESSES.Process(target=work, args=(plan, theirs))
        self._process.start()
        theirs.close()
        _keep_on(cpu, self._process.pid)

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


def _keep_on(cpu: int | None, pid: int | None) -> None:
    if cpu is not None and pid is not None:
        with suppress(OSError):  # it is dead, which `answer` will tell
            os.sched_setaffinity(pid, {cpu})


def _cpus(jobs: int) -> list[int | None]:
    """A CPU for each worker; not for all, where there are more workers, one of its own."""
    if not hasattr(os, "sched_setaffinity"):
        return [None] * jobs
    usable = sorted(os.sched_getaffinity(0))
    first = os.getpid()  # that graders which run at the same time don't crowd on one
    return [usable[(first + number) % len(usable)] for number in range(jobs)]


def _finished(busy: list[_Worker]) -> list[_Worker]:
    """The workers that have answered, died, or been silent for too long; waits for one."""
    deadline_s = min(worker.deadline_s for worker in busy)
    ready = set(wait([worker.connection for worker in busy], max(0.0, deadline_s - time.monotonic())))
    now_s = time.monotonic()
    return [worker for worker in busy if worker.connection in ready or worker.deadline_s <= now_s]
