"""The control: the same checks and the same notebook in one warm process, without isolation, comparing or reports.

`python -m tests.benchmarks.floor`, started by `grading.py`, reads its work from the standard input as JSON and prints
CPU seconds.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import nbformat
import numpy.random  # noqa: F401 - as a warm parent has it

from autograder.probe import load, run
from autograder.sandbox.cell import Executed
from autograder.sandbox.inside.shell import CellShell
from autograder.sandbox.notebook import execute_notebook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.model.check import Task

REPOSITORY = Path(__file__).parents[2]


def floor_cpu_s(files: Mapping[str, bytes], package: str, tasks: Sequence[Task], times: int) -> float:
    """CPU seconds of one submission: its Python files are loaded, the tasks run, its notebooks executed."""
    work = {
        "files": {path: data.decode() for path, data in files.items()},
        "package": package,
        "tasks": msgspec.to_builtins(tasks),
        "times": times,
    }
    command = [sys.executable, "-m", "tests.benchmarks.floor"]
    ended = subprocess.run(
        command, cwd=REPOSITORY, input=json.dumps(work).encode(), check=True, capture_output=True, timeout=600
    )
    return float(ended.stdout)


def main() -> None:
    """Do the work once to warm up, then as often as asked."""
    work = json.load(sys.stdin)
    notebooks = [nbformat.reads(text, as_version=4) for path, text in work["files"].items() if path.endswith(".ipynb")]
    said, shell = os.dup(1), CellShell()
    shell.prepare()
    shell.start()
    _once(work, notebooks, shell)
    started_s = time.process_time()
    for _ in range(work["times"]):
        _once(work, notebooks, shell)
    os.write(said, str((time.process_time() - started_s) / work["times"]).encode())


def _once(work: dict[str, Any], notebooks: Sequence[Any], shell: Any) -> None:
    files = {path: text.encode() for path, text in work["files"].items() if path.endswith(".py")}
    candidate = load(files, work["package"])
    for task in work["tasks"]:
        assert run(task, candidate)["failure"] is None
    for notebook in notebooks:
        execute_notebook(_Here(shell), notebook)  # type: ignore[arg-type]


class _Here:
    """Answers as a child does, in this process."""

    ended = None

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def execute(self, source: str) -> Any:
        """One cell's outputs."""
        outer = asyncio._get_running_loop()  # nbclient's, beside which the cell's own could not run
        asyncio._set_running_loop(None)
        try:
            return msgspec.convert({"nonce": "", **self._shell.execute(source, 1 << 16)}, Executed)
        finally:
            asyncio._set_running_loop(outer)


if __name__ == "__main__":
    main()
