"""Workers on many machines, under a scheduler of dask.distributed.

Each worker gets a bench of its own, and each submission is given to one worker by name: so the plan reaches a worker
once, its sandbox stays warm, and who had a submission when it died is known. Workers may come and go. Plan and benches
are the scheduler's to keep, which forgets them when this process ends, however it ends.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec
from distributed import Client, Future

from autograder.grading.executors.bench import Bench
from autograder.grading.executors.executor import Task, Tasks, patience_s
from autograder.grading.executors.facts import Facts, facts
from autograder.grading.grader import Graded
from autograder.grading.intake import Found
from autograder.grading.plan import Plan
from autograder.model.errors import MachineError

Work = Callable[[Bench, Found], bytes]  # what a worker does with a submission

_LOOK_S = 1.0  # between two looks at which workers there are
_FETCH_S = 5.0  # of an answer that a worker has; afterwards the others are looked after again
_WORKERLESS_S = 60.0  # a nanny starts a dead worker again in less
_KEPT = "and grade again with the same --out: all that was graded is kept"


class ClusterWorkers:
    """Workers under a scheduler. When one dies, its submissions are graded again by others, once."""

    def __init__(self, plan: Plan, client: Client, alike: Facts, work: Work | None = None) -> None:
        self._plan = plan
        self._client = client
        self._alike = alike
        self._work = work or grade_there

    def grade(self, submissions: Iterable[Found]) -> Iterator[Graded]:
        """Each submission graded, in the order in which they end.

        Raises:
            MachineError: the scheduler can't be reached any more, or no worker is left.
        """
        tasks = Tasks(submissions, self._plan)
        crew = _Crew(self._client, self._plan, self._alike, self._work)
        while True:
            crew.look()
            while crew.has_room and (task := tasks.next()) is not None:
                crew.give(task)
            if crew.has_room and not crew.is_busy:
                return
            for task, answer in crew.answers():
                if (graded := tasks.settled(task, answer)) is not None:
                    yield graded


@dataclass(slots=True)
class _Hand:
    """A worker: its bench, and how many submissions it can have and has."""

    bench: Future
    threads: int
    busy: int = 0

    @property
    def room(self) -> int:
        """How many more it can take now; none before its bench stands, which is refused to a worker that is unlike."""
        return self.threads - self.busy if self.bench.status == "finished" else 0


@dataclass(frozen=True, slots=True)
class _Given:
    """A task that a worker has."""

    task: Task
    worker: str
    future: Future
    deadline_s: float


class _NotYetError(Exception):
    """An answer that was there can't be had at the moment."""


class _Crew:
    """The scheduler's workers, as they come and go, and what each has to do."""

    def __init__(self, client: Client, plan: Plan, alike: Facts, work: Work) -> None:
        self._client = client
        self._alike = alike
        self._work = work
        self._name = client.scheduler.address
        self._patience_s = patience_s(plan)
        self._plan = client.submit(_same, plan, pure=False)
        self._hands: dict[str, _Hand] = {}
        self._given: dict[str, _Given] = {}
        self._ended: SimpleQueue[str] = SimpleQueue()
        self._looked_s = 0.0
        self._manned_s = time.monotonic()

    @property
    def has_room(self) -> bool:
        """Whether a worker is free."""
        return any(hand.room > 0 for hand in self._hands.values())

    @property
    def is_busy(self) -> bool:
        """Whether a worker has something to do."""
        return bool(self._given)

    def look(self) -> None:
        """See who has come and who is gone, if the last look was a while ago."""
        now_s = time.monotonic()
        if now_s - self._looked_s < _LOOK_S:
            return
        self._looked_s = now_s
        threads = self._threads()
        for worker in self._hands.keys() - threads.keys():
            del self._hands[worker]
        for worker in threads.keys() - self._hands.keys():
            bench = self._client.submit(_bench, self._plan, self._alike, workers=[worker], pure=False)
            bench.add_done_callback(self._note)  # to go on at once
            self._hands[worker] = _Hand(bench, threads[worker])
        if self.is_busy or self.has_room:
            self._manned_s = now_s
        elif now_s - self._manned_s > _WORKERLESS_S:
            raise MachineError(
                f"the scheduler {self._name} has no worker left that can grade{self._refused()}: start some like those"
                f" before, {_KEPT}"
            )

    def give(self, task: Task) -> None:
        """Give a task to the worker that has the most room."""
        worker = max(self._hands, key=lambda each: self._hands[each].room)
        hand = self._hands[worker]
        found = task.found
        if isinstance(found.path, Path):
            found = replace(found, path=found.path.absolute())  # the worker's folder is another
        future = self._client.submit(self._work, hand.bench, found, workers=[worker], pure=False)
        hand.busy += 1
        self._given[future.key] = _Given(task, worker, future, time.monotonic() + self._patience_s)
        future.add_done_callback(self._note)

    def answers(self) -> Iterator[tuple[Task, Graded | str]]:
        """What came of tasks, or why nothing did; waits for one, but not for long."""
        with suppress(Empty, _NotYetError):
            given = self._given.get(self._ended.get(timeout=_LOOK_S))
            if given is not None:
                answer = self._answer(given)
                del self._given[given.future.key]
                if given.worker in self._hands:
                    self._hands[given.worker].busy -= 1
                yield given.task, answer
        now_s = time.monotonic()
        for key, given in list(self._given.items()):
            has_died = given.worker not in self._hands
            if has_died or given.deadline_s < now_s:
                del self._given[key]  # the thread of a silent worker stays taken
                given.future.cancel()
                yield given.task, f"the worker {given.worker} {'died' if has_died else 'did not answer'}"

    def _answer(self, given: _Given) -> Graded | str:
        try:
            return msgspec.json.decode(given.future.result(timeout=_FETCH_S), type=Graded)
        except TimeoutError:  # the worker died with its answer, or the network is slow
            given.future.add_done_callback(self._note)
            raise _NotYetError from None
        except CancelledError as error:
            raise self._vanished() from error
        except Exception as error:  # noqa: BLE001 - whatever fails on a worker is ours, and must cost no student anything
            return f"the worker {given.worker}: {type(error).__name__}: {error}"

    def _refused(self) -> str:
        """Why a worker that is there can't, if one is."""
        benches = {worker: hand.bench for worker, hand in self._hands.items() if hand.bench.status == "error"}
        return next((f" ({worker}: {bench.exception(timeout=_FETCH_S)})" for worker, bench in benches.items()), "")

    def _note(self, done: Future) -> None:
        self._ended.put(done.key)

    def _threads(self) -> dict[str, int]:
        try:
            return dict(self._client.nthreads())
        except (OSError, ValueError, AttributeError) as error:  # it says so in several ways
            raise self._vanished() from error

    def _vanished(self) -> MachineError:
        return MachineError(
            f"the scheduler {self._name} can't be reached any more: start it and its workers again, {_KEPT}"
        )


def _same(plan: Plan) -> Plan:
    return plan


def _bench(plan: Plan, alike: Facts) -> Bench:
    """A bench on the worker that this runs on, unless it is unlike those that the run began with."""
    if difference := alike.difference(facts(alike.packages)):
        raise MachineError(f"it has {difference[1]}, and the others have {difference[0]}")
    return Bench(plan)


def grade_there(bench: Bench, found: Found) -> bytes:
    """What a worker does with a submission; the grade is decoded strictly here, as a local worker's is."""
    return msgspec.json.encode(bench.grade(found))
