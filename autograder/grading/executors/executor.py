"""What an executor is: it takes submissions and gives them back graded, in the order in which they end."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from autograder.grading.findings import lesson_stems
from autograder.grading.grader import Graded, not_graded
from autograder.grading.intake import Found
from autograder.grading.plan import Plan
from autograder.sandbox.clock import WALL_PER_CPU

_WALL_BESIDES_S = 120.0


class Executor(Protocol):
    """Where submissions are graded."""

    def grade(self, submissions: Iterable[Found]) -> Iterator[Graded]:
        """Each submission graded, in the order in which they end; they are asked for as workers become free.

        A submission whose worker dies or fails is graded again by another, once; then it is ungraded, our fault.
        """


@dataclass(frozen=True, slots=True)
class Task:
    """A submission that a worker is to grade."""

    found: Found
    is_second: bool = False


class Tasks:
    """What is still to do under a plan: second tries before first ones."""

    def __init__(self, submissions: Iterable[Found], plan: Plan) -> None:
        self._source = iter(submissions)
        self._plan = plan
        self._again: deque[Task] = deque()

    def next(self) -> Task | None:
        """What to do next; None where nothing is waiting."""
        if self._again:
            return self._again.popleft()
        found = next(self._source, None)
        return None if found is None else Task(found)

    def settled(self, task: Task, answer: Graded | str) -> Graded | None:
        """What came of a task, given a worker's answer or why there is none; None where it is to be done again."""
        graded = answer if isinstance(answer, Graded) else not_graded(task.found, self._plan, answer)
        if graded.is_whole or task.is_second:
            return graded
        self._again.append(Task(task.found, is_second=True))
        return None


def patience_s(plan: Plan) -> float:
    """How long a worker may be silent about a submission, in wall seconds: longer than any may take.

    Its checks have its limit, and so has each notebook, of which one may run twice.
    """
    runs = 2 + len(lesson_stems(plan.course))
    return runs * WALL_PER_CPU * plan.course.limits.submission_cpu_s + _WALL_BESIDES_S
