"""Where submissions are graded: by processes of this machine, or by the workers of a scheduler."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.grading.executors.executor import Executor
from autograder.grading.executors.facts import Facts, facts
from autograder.grading.executors.local import LocalWorkers
from autograder.grading.plan import Plan
from autograder.model.errors import UsageError
from autograder.sandbox.machine import Machine


@dataclass(frozen=True, slots=True)
class Workforce:
    """What each worker's machine brings, and how to put them to work: a plan, and how many submissions at most."""

    facts: Facts
    executor: Callable[[Plan, int], Executor]

    @property
    def machine(self) -> Machine:
        """The isolation that each worker has."""
        return self.facts.machine


def local(jobs: int | None, packages: Sequence[str]) -> Workforce:
    """Processes of this machine: so many, or one for each CPU."""
    most = jobs or os.cpu_count() or 1
    return Workforce(facts(packages), lambda plan, submissions: LocalWorkers(plan, min(most, submissions)))


@contextmanager
def workforce(jobs: int | None, scheduler: str | None, packages: Sequence[str]) -> Iterator[Workforce]:
    """The workers of a scheduler where one is named, else processes of this machine.

    Raises:
        UsageError: no scheduler answers there, or what talks to one is not installed.
        MachineError: the scheduler has no workers, or they differ.
    """
    if scheduler is None:
        yield local(jobs, packages)
        return
    try:
        from autograder.grading.executors.cluster import ClusterWorkers
        from autograder.grading.executors.scheduler import common_facts, connected
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--scheduler needs {error.name}, which is not installed: `pip install 'autograd-course[cluster]'`"
        ) from error
    with connected(scheduler) as client:
        alike = common_facts(client, packages)
        yield Workforce(alike, lambda plan, _: ClusterWorkers(plan, client, alike))
