"""Where a submission's milliseconds go: CPU time by step, in the grader's process and in those of the sandbox.

The steps are watched from outside: functions of the grader are wrapped, and a step's time is its own, without that of
the steps that it calls.
"""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from autograder import report
from autograder.gradebook.store import Gradebook
from autograder.grading import examiner, grader, notebooks, run
from autograder.grading.grader import grade
from autograder.grading.run import grade_class
from autograder.model.kernel import KernelName
from autograder.sandbox import notebook
from autograder.sandbox.child import Child
from autograder.sandbox.clock import cpu_s
from autograder.sandbox.warm import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from autograder.grading.grader import Graded
    from autograder.grading.intake import Found
    from autograder.grading.plan import Plan

REST = "the rest"
SHUT_IN = Child.wait_until_shut_in  # the first question to a child
STEPS = (
    *(("taking in", owner, "read_in") for owner in (run, grader)),
    ("taking in", grader, "look_through"),
    *(("naming what it depends on", owner, "key_of") for owner in (run, grader)),
    ("starting and ending children", Sandbox, "start"),
    ("starting and ending children", Child, "wait_until_shut_in"),
    ("starting and ending children", Child, "close"),
    ("loading the candidate", Child, "load"),
    ("checks", Child, "run"),
    ("comparing", examiner, "compare"),
    ("notebook: cells", Child, "execute"),
    ("notebook: nbclient's own share", notebook.NotebookClient, "execute"),
    ("notebook: reading and writing it", notebooks, "_execute"),
    ("packing the evidence", grader, "packed"),
    *(("gradebook", Gradebook, name) for name in ("store", "last_of", "marks", "marks_of", "packed_evidence")),
    *(("reports", report, name) for name in ("result_json", "feedback", "feedback_page", "student_page")),
    *(("reports", report, name) for name in ("scores_csv", "class_page", "check_page")),
)


class Ledger:
    """CPU seconds by step: those of this process, and those of the warm parent and its children."""

    def __init__(self, parent: int) -> None:
        self.spent: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self._parent = parent
        self._steps = [REST]
        self._children: list[Child] = []
        self._last = self._now()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Wrap the functions that are steps, and unwrap them."""
        originals = [(owner, name, getattr(owner, name)) for _, owner, name in STEPS]
        for label, owner, name in STEPS:
            setattr(owner, name, self._wrapped(label, getattr(owner, name)))
        try:
            yield
        finally:
            self._book()
            for owner, name, original in originals:
                setattr(owner, name, original)

    def _wrapped(self, label: str, function: Any) -> Any:
        @wraps(function)
        def wrapper(*args: Any, **named: Any) -> Any:
            self._book()
            self._steps.append(label)
            if function is SHUT_IN:
                self._children.append(args[0])
            try:
                return function(*args, **named)
            finally:
                self._book()
                self._steps.pop()

        return wrapper

    def _book(self) -> None:
        """Note what was spent since the last time under the step that runs."""
        now = self._now()
        for side in (0, 1):
            self.spent[self._steps[-1]][side] += now[side] - self._last[side]
        self._last = now

    def _now(self) -> tuple[float, float]:
        return time.process_time(), cpu_s(self._parent) + sum(map(_used_s, self._children))


def _used_s(child: Child) -> float:
    return child.cpu_s if child._end is None else cpu_s(child._pid or 0)


class _Here:
    """An executor that grades in this process."""

    def __init__(self, plan: Plan, sandbox: Sandbox) -> None:
        self._plan = plan
        self._sandbox = sandbox

    def grade(self, submissions: Iterable[Found]) -> Iterator[Graded]:
        for found in submissions:
            yield grade(found, self._plan, self._sandbox)


def _grade_class(submissions: tuple[Found, ...], plan: Plan, out: Path, sandbox: Sandbox) -> None:
    out.mkdir(parents=True)
    grade_class(submissions, plan, out, _Here(plan, sandbox), lambda _: None)


def milliseconds_by_step(submissions: tuple[Found, ...], plan: Plan, out: Path) -> dict[str, tuple[float, float]]:
    """CPU milliseconds of one submission by step: the grader's and the sandbox's. The first one only warms up."""
    with Sandbox(plan.course.packages, plan.level, kernel=KernelName.QUICK, shared=plan.shared) as sandbox:
        _grade_class(submissions[:1], plan, out / "warm", sandbox)
        assert sandbox._process is not None
        ledger = Ledger(sandbox._process.pid)
        with ledger.watching():
            _grade_class(submissions, plan, out / "watched", sandbox)
    labels = dict.fromkeys([label for label, _, _ in STEPS] + [REST])
    count = len(submissions)
    return {label: tuple(1000 * spent / count for spent in ledger.spent[label]) for label in labels}  # type: ignore[misc]
