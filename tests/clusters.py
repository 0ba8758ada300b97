"""A scheduler and its workers, as processes of their own on this machine."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_S = 60.0


class Cluster:
    """A scheduler whose workers can be started and killed."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._file, self._stack = folder / "scheduler.json", stack
        self.scheduler = self._start("scheduler", "--port", "0")
        end = time.monotonic() + START_S
        while not self._file.exists() or not self._file.read_text():
            assert time.monotonic() < end, "the scheduler did not start"
            time.sleep(0.05)

    @property
    def address(self) -> str:
        """Where the scheduler answers."""
        return json.loads(self._file.read_text())["address"]

    def add_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """Start a worker that does one thing at a time, under a nanny that replaces it."""
        return self._start("worker", "--nthreads", "1", *options)

    def _start(self, role: str, *options: str) -> subprocess.Popen[bytes]:
        return self._stack.enter_context(
            process(
                sys.executable,
                *("-m", f"distributed.cli.dask_{role}", "--scheduler-file", self._file, "--host", "127.0.0.1"),
                *("--no-dashboard", *options),
            )
        )


@contextmanager
def process(*command: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process and all that it starts, killed at the end."""
    running = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def children(pid: int) -> list[int]:
    """The processes that a process has started: of a worker's nanny, the worker."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
