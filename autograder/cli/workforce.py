"""Where submissions are graded: by processes of this machine, or by the workers of a scheduler."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.grading.executors.executor import Executor
from autograder.grading.executors.local import LocalWorkers
from autograder.grading.plan import Plan
from autograder.model.errors import UsageError
from autograder.sandbox.machine import Machine, probe


@dataclass(frozen=True, slots=True)
class Workforce:
    """The machine that each worker has, and how to put them to work: a plan, and how many submissions at most."""

    machine: Machine
    executor: Callable[[Plan, int], Executor]


def local(jobs: int | None) -> Workforce:
    """Processes of this machine: so many, or one for each CPU."""
    most = jobs or os.cpu_count() or 1
    return Workforce(probe(), lambda plan, submissions: LocalWorkers(plan, min(most, submissions)))


@contextmanager
def workforce(jobs: int | None, scheduler: str | None, packages: Sequence[str]) -> Iterator[Workforce]:
    """The workers of a scheduler where one is named, else processes of this machine.

    Raises:
        UsageError: no scheduler answers there, or what talks to one is not installed.
        MachineError: the scheduler has no workers, or they differ.
    """
    if scheduler is None:
        yield local(jobs)
        return
    try:
        from autograder.grading.executors.cluster import ClusterWorkers
        from autograder.grading.executors.scheduler import common_facts, connected
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--scheduler needs {error.name}, which is not installed: `pip install 'autograd-course[cluster]'`"
        ) from error
    with connected(scheduler) as client:
        facts = common_facts(client, packages)
        yield Workforce(facts.machine, lambda plan, _: ClusterWorkers(plan, client, facts))
