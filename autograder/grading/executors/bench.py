"""Where a worker grades: the plan, and sandboxes that stay warm from one submission to the next."""

import weakref
from contextlib import ExitStack
from typing import Self

from autograder.grading.findings import lesson_stems
from autograder.grading.grader import Graded, grade
from autograder.grading.intake import Found
from autograder.grading.plan import Plan
from autograder.sandbox.warm import Sandbox


class Bench:
    """Grades submissions under one plan, also from several threads: as many sandboxes as there are calls at once.

    Sent to another process it is a bench there, whose sandboxes start when they are needed. `close` ends them, and so
    does forgetting the bench.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._idle: list[_Warm] = []
        self.close = weakref.finalize(self, _close, self._idle)

    def __reduce__(self) -> tuple[type[Self], tuple[Plan]]:
        return type(self), (self.plan,)

    def grade(self, found: Found) -> Graded:
        """One submission graded.

        Raises:
            MachineError: no sandbox can be had here at the plan's level.
        """
        warm = self._take()
        is_well = False  # what is wrong with a sandbox must not follow the next submissions
        try:
            graded = grade(found, self.plan, warm.sandbox)
            is_well = graded.is_whole
            return graded
        finally:
            if is_well:
                self._idle.append(warm)
            else:
                warm.close()

    def _take(self) -> "_Warm":
        try:
            return self._idle.pop()
        except IndexError:  # asked first, another thread could take the last one in between
            return _Warm(self.plan)


class _Warm:
    """A sandbox that was entered."""

    def __init__(self, plan: Plan) -> None:
        kernel = plan.course.kernel if lesson_stems(plan.course) else None
        self._stack = ExitStack()
        self.sandbox = self._stack.enter_context(
            Sandbox(plan.course.packages, plan.level, kernel=kernel, shared=plan.shared)
        )

    def close(self) -> None:
        self._stack.close()


def _close(idle: list[_Warm]) -> None:
    while idle:
        idle.pop().close()
