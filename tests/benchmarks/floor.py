"""The controls: the same work in one warm process without isolation, and the checks and cells of it alone.

`python -m tests.benchmarks.floor COURSE SUBMISSIONS OUT`, started by `grading.py`, prints CPU seconds as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import nbformat
import numpy.random  # noqa: F401 - as a warm parent has it

from autograder.build.course import load_course
from autograder.grading.examiner import candidate_files
from autograder.grading.grader import grade
from autograder.grading.intake import Found, take_in
from autograder.grading.planning import make_plan
from autograder.grading.run import grade_class
from autograder.model.ids import StudentId
from autograder.model.transcript import Transcript
from autograder.probe import load, run
from autograder.sandbox.cell import Executed
from autograder.sandbox.inside.shell import CellShell
from autograder.sandbox.machine import probe
from autograder.sandbox.notebook import execute_notebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from autograder.grading.grader import Graded
    from autograder.grading.plan import Plan
    from autograder.model.check import Task
    from autograder.model.submission import Submission

REPOSITORY = Path(__file__).parents[2]
TIMES = 50


class Floor(NamedTuple):
    """CPU seconds of one submission in a warm process without isolation."""

    same_work_s: float  # all of it: intake, checks, comparing, notebooks, gradebook, pages
    bare_s: float  # its files are loaded, its checks run, its cells executed; nothing is compared or written


def floor_of(course: Path, submissions: Path, out: Path) -> Floor:
    """The floor for a folder of submissions that are alike."""
    command = [sys.executable, "-m", "tests.benchmarks.floor", str(course), str(submissions), str(out)]
    ended = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=600)
    return Floor(**json.loads(ended.stdout))


def main(course: Path, submissions: Path, out: Path) -> None:
    """Do all work once to warm up, then count."""
    plan = make_plan(load_course(course), probe().level)
    found = tuple(Found(StudentId(each.name), each) for each in sorted(submissions.iterdir()))
    said, here = os.dup(1), Here(plan)
    few, many = found[: len(found) // 4], found
    _graded_s(few, plan, out / "warm", here)
    same_work_s = _graded_s(many, plan, out / "many", here) - _graded_s(few, plan, out / "few", here)
    floor = Floor(same_work_s / (len(many) - len(few)), _bare_s(take_in(few[0], plan.course, plan.workspaces), here))
    os.write(said, json.dumps(floor._asdict()).encode())


class Here:
    """Stands for a sandbox, and for who grades in it: all happens in this process."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._shell = CellShell()
        self._shell.prepare()
        self._shell.start()

    def grade(self, submissions: Iterable[Found]) -> Iterator[Graded]:
        """Grade one after the other."""
        for found in submissions:
            yield grade(found, self.plan, self)  # type: ignore[arg-type]

    @contextmanager
    def start(self, files: Mapping[str, bytes], package: str, *_: object, **_more: object) -> Iterator[_Here]:
        """What stands for a child."""
        child = _Here(self._shell)
        child.load(files, package)
        yield child


class _Here:
    """Answers as a child does, in this process."""

    ended = None
    cpu_s = 0.0

    def __init__(self, shell: CellShell) -> None:
        self.loads = 0
        self._shell = shell

    def load(self, files: Mapping[str, bytes], package: str) -> None:
        """Import a candidate."""
        self.loads += 1
        self.candidate = load(files, package)

    def run(self, task: Task, _: float) -> Transcript:
        """What a check saw."""
        return msgspec.convert(run(msgspec.to_builtins(task), self.candidate), Transcript)

    def execute(self, source: str) -> Executed:
        """One cell's outputs."""
        outer = asyncio._get_running_loop()  # nbclient's, beside which the cell's own could not run
        asyncio._set_running_loop(None)
        try:
            return msgspec.convert({"nonce": "", **self._shell.execute(source, 1 << 16)}, Executed)
        finally:
            asyncio._set_running_loop(outer)


def _graded_s(found: tuple[Found, ...], plan: Plan, out: Path, here: Here) -> float:
    out.mkdir(parents=True)
    started_s = time.process_time()
    grade_class(found, plan, out, here, lambda _: None)
    return time.process_time() - started_s


def _bare_s(submission: Submission, here: Here) -> float:
    files = candidate_files(submission)
    texts = [data.decode() for path, data in submission.files.items() if path.endswith(".ipynb")]
    notebooks = [nbformat.reads(text, as_version=4) for text in texts]
    tasks = [msgspec.to_builtins(check.task(here.plan.seed_of(check))) for check in here.plan.checks]
    started_s = time.process_time()
    for _ in range(TIMES):
        _bare(files, tasks, notebooks, here)
    return (time.process_time() - started_s) / TIMES


def _bare(files: dict[str, bytes], tasks: list[Any], notebooks: list[Any], here: Here) -> None:
    with here.start(files, here.plan.course.package) as child:
        for task in tasks:
            assert run(task, child.candidate)["failure"] is None
        for notebook in notebooks:
            execute_notebook(child, notebook)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
