"""What a command costs: CPU seconds of the whole tree of its processes, and wall seconds.

Waiting counts a process only when somebody waits for it, so a daemon or a child that nobody reaps is missed. A cgroup
misses none; where there is none to be had (not root, or no CPU controller), what was waited for has to do.
"""

from __future__ import annotations

import os
import resource
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

V1, V2 = Path("/sys/fs/cgroup/cpuacct"), Path("/sys/fs/cgroup")
LONGEST_S = 7200
# Where Python may not keep what it compiled, every start compiles all again, which no user's machine does.
_ORDINARY = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """Seconds."""

    cpu_s: float
    wall_s: float

    def per(self, submissions: int) -> Cost:
        """The share of one submission."""
        return Cost(self.cpu_s / submissions, self.wall_s / submissions)

    def minus(self, other: Cost) -> Cost:
        """What this cost more than another."""
        return Cost(self.cpu_s - other.cpu_s, self.wall_s - other.wall_s)


def median_of(costs: Sequence[Cost]) -> Cost:
    """The medians of what the same command cost several times."""
    return Cost(median(each.cpu_s for each in costs), median(each.wall_s for each in costs))


def clock_name() -> str:
    """How CPU seconds are counted here."""
    return "a cgroup (all processes)" if _root() else "getrusage (only processes that somebody waits for)"


def cost(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end in a folder; what it cost.

    Raises:
        RuntimeError: it failed; with the end of what it said.
    """
    with _counted() as (enter, cpu_s):
        start_s = time.monotonic()
        ended = subprocess.run(
            command,
            cwd=folder,
            env={**_ORDINARY, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=enter,
            timeout=LONGEST_S,
            check=False,
        )
        spent = Cost(cpu_s(), time.monotonic() - start_s)
    if ended.returncode:
        said = ended.stdout.decode(errors="replace")[-4000:]
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {ended.returncode}:\n{said}")
    return spent


@contextmanager
def _counted() -> Iterator[tuple[Callable[[], None] | None, Callable[[], float]]]:
    """What a new process does to be counted, and the CPU seconds since then."""
    root = _root()
    if root is None:
        start_s = _waited_s()
        yield None, lambda: _waited_s() - start_s
        return
    group = root / f"autograder-benchmark-{os.getpid()}"
    group.mkdir()
    try:
        yield lambda: _write(group / "cgroup.procs", "0"), lambda: _used_s(group)
    finally:
        _remove(group)


def _remove(group: Path) -> None:
    """Remove a cgroup as soon as the last of its processes has ended."""
    for _ in range(100):
        if not (group / "cgroup.procs").read_text(encoding="ascii"):
            break
        time.sleep(0.05)
    group.rmdir()


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="ascii")


def _root() -> Path | None:
    """The folder in which we may make a cgroup that counts CPU time."""
    for root, file in ((V1, "cpuacct.usage"), (V2, "cpu.stat")):
        if (root / file).is_file() and os.access(root, os.W_OK):
            return root
    return None


def _used_s(group: Path) -> float:
    nanoseconds = group / "cpuacct.usage"
    if nanoseconds.is_file():
        return int(nanoseconds.read_text(encoding="ascii")) / 1e9
    lines = (line.split() for line in (group / "cpu.stat").read_text(encoding="ascii").splitlines())
    return int(dict(lines)["usage_usec"]) / 1e6


def _waited_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
