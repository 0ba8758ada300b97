"""What isolation costs: `python -m tests.benchmarks.sandbox [SUBMISSIONS]`.

One submission is a candidate, 60 small checks and a notebook of 20 cells. The floor does the same work in one warm
process without isolation: it loads the candidate, runs the checks and executes the cells where it is. CPU seconds are
those of the whole tree of processes, the warm parent's start left out; ratios are to the floor of the same run.
"""

# ruff: noqa: T201 - what it prints is what it is for
from __future__ import annotations

import resource
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from autograder.model.check import Task
from autograder.model.course import Limits
from autograder.model.ids import CheckId
from autograder.model.kernel import KernelName
from autograder.model.transcript import Transcript
from autograder.sandbox.level import Level
from autograder.sandbox.notebook import execute_notebook
from autograder.sandbox.warm import MissingMeansError, Sandbox
from tests.benchmarks.floor import floor_cpu_s

if TYPE_CHECKING:
    from nbformat import NotebookNode

CHECKS, CELLS, SERIES = 60, 20, 3
FILES = {
    "mytorch/__init__.py": b"from mytorch.node import Node\n",
    "mytorch/node.py": b"import numpy as np\nclass Node:\n    def apply(self, grad): return np.asarray(grad) * 2.0\n",
}
SOURCE = """
def test(torch, see, rng):
    see.value(torch.Node().apply(rng.normal(size=3)).tolist())
"""
CELL = "import numpy as np\nvalues = np.arange(3) * {number}\nprint(values)\nvalues.sum()"


def tasks() -> list[Task]:
    """The checks of one submission."""
    return [
        Task(id=CheckId(f"test_bench::test[{number}]"), source=SOURCE, function="test", arguments={}, seed=number)
        for number in range(CHECKS)
    ]


def notebook() -> NotebookNode:
    """The notebook of one submission."""
    return new_notebook(cells=[new_code_cell(CELL.format(number=number)) for number in range(CELLS)])


def tree_cpu_s() -> float:
    """CPU seconds of this process and of all that ended below it."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def floor(submissions: int, *, has_notebook: bool) -> float:
    """CPU seconds of one submission in a warm process that isolates nothing."""
    files = {**FILES, **({"lesson.ipynb": nbformat.writes(notebook()).encode()} if has_notebook else {})}
    return floor_cpu_s(files, "mytorch", tasks(), submissions)


def isolated_cpu_s(level: Level, submissions: int, *, has_notebook: bool) -> tuple[float, float]:
    """CPU and wall seconds of one submission at a level; it has one child."""
    cold_cpu_s, cold_wall_s = run_class(level, 1, has_notebook=has_notebook)
    cpu_s, wall_s = run_class(level, 1 + submissions, has_notebook=has_notebook)
    return (cpu_s - cold_cpu_s) / submissions, (wall_s - cold_wall_s) / submissions


def run_class(level: Level, submissions: int, *, has_notebook: bool) -> tuple[float, float]:
    """CPU and wall seconds of a whole run, its warm parent included."""
    cpu_s, wall_s = tree_cpu_s(), time.monotonic()
    with Sandbox(("numpy",), level, kernel=KernelName.QUICK if has_notebook else None) as sandbox:
        for _ in range(submissions):
            with sandbox.start(FILES, "mytorch", Limits(), has_shell=has_notebook) as child:
                assert all(isinstance(child.run(task), Transcript) for task in tasks())
                if has_notebook:
                    execute_notebook(child, notebook())
                assert child.ended is None
    return tree_cpu_s() - cpu_s, time.monotonic() - wall_s


def steps_ms(level: Level, submissions: int) -> dict[str, float]:
    """Wall milliseconds of each step of a submission."""
    spent = dict.fromkeys(("start and load", f"{CHECKS} checks", f"{CELLS} cells", "end"), 0.0)
    with Sandbox(("numpy",), level, kernel=KernelName.QUICK) as sandbox:
        for _ in range(submissions):
            times = [time.monotonic()]
            child = sandbox.start(FILES, "mytorch", Limits(), has_shell=True)
            times.append(time.monotonic())
            for task in tasks():
                child.run(task)
            times.append(time.monotonic())
            execute_notebook(child, notebook())
            times.append(time.monotonic())
            child.close()
            times.append(time.monotonic())
            for name, first, last in zip(spent, times, times[1:], strict=False):
                spent[name] += 1000 * (last - first) / submissions
    return spent


def compare(submissions: int, *, has_notebook: bool) -> None:
    """Print the floor and each level; the least of several series, taken in turns, since the machine may be busy."""
    floors, levels = [], {level: [] for level in Level}
    for _ in range(SERIES):
        floors.append(floor(submissions, has_notebook=has_notebook))
        for level, found in levels.items():
            with suppress(MissingMeansError):
                found.append(isolated_cpu_s(level, submissions, has_notebook=has_notebook))
    print(f"{CHECKS} checks" + (f" and {CELLS} cells" if has_notebook else ""))
    print(f"  {'floor, no isolation':20}{1000 * min(floors):7.1f} ms CPU")
    for level, found in levels.items():
        cpu_s, wall_s = min(found, default=(float("nan"), float("nan")))
        ratio = cpu_s / min(floors)
        print(f"  {level:20}{1000 * cpu_s:7.1f} ms CPU {1000 * wall_s:7.1f} ms wall {ratio:6.2f} x floor")


def main(submissions: int) -> None:
    """Print what each level costs, and where its milliseconds go."""
    for has_notebook in (False, True):
        compare(submissions, has_notebook=has_notebook)
    for level in Level:
        with suppress(MissingMeansError):
            steps = ", ".join(f"{name} {spent:.1f}" for name, spent in steps_ms(level, submissions).items())
            print(f"wall ms at {level}: {steps}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
