"""What a question may cost: CPU seconds, read from outside the child, and a generous bound on the time that passes."""

from __future__ import annotations

import re
import time
from pathlib import Path

WALL_PER_CPU, WALL_BESIDES_S = 4.0, 2.0  # a busy machine gives a process a part of its CPU only
SHORTEST_S = 0.01


class OutOfCpuError(Exception):
    """The question's CPU seconds are used up."""


class OutOfPatienceError(Exception):
    """The question's wall seconds are used up.

    Attributes:
        seconds: how many they were.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:g} s")
        self.seconds = seconds


def process_of(handle: int) -> int:
    """The id, here, of the process behind a pidfd."""
    found = re.search(r"^Pid:\s*(\d+)$", Path(f"/proc/self/fdinfo/{handle}").read_text("ascii"), re.MULTILINE)
    return int(found[1]) if found else 0


def cpu_s(pid: int) -> float:
    """CPU seconds that all threads of a process have used; 0 where that can't be read."""
    try:
        return time.clock_gettime(~pid << 3 | 2)  # the kernel's name of another process's CPU clock
    except OSError:
        return 0.0


class Budget:
    """Counts from the moment it is made."""

    def __init__(self, cpu_limit_s: float, pid: int | None) -> None:
        self._pid = pid
        self._cpu_limit_s = cpu_limit_s
        self._cpu_start_s = self._cpu_s()
        self._wall_limit_s = WALL_PER_CPU * cpu_limit_s + WALL_BESIDES_S
        self._wall_start_s = time.monotonic()

    def left(self) -> float:
        """Seconds that may pass before asking again.

        Raises:
            OutOfCpuError: the CPU seconds are used up.
            OutOfPatienceError: the wall seconds are used up.
        """
        cpu_left_s = self._cpu_limit_s - self.spent_s()
        wall_left_s = self._wall_limit_s - self.waited_s()
        if cpu_left_s <= 0:
            raise OutOfCpuError
        if wall_left_s <= 0:
            raise OutOfPatienceError(self._wall_limit_s)
        return max(SHORTEST_S, min(cpu_left_s, wall_left_s))

    def waited_s(self) -> float:
        """Wall seconds since the start."""
        return time.monotonic() - self._wall_start_s

    def spent_s(self) -> float:
        """CPU seconds since the start; those of a dead process are no longer known."""
        return max(0.0, self._cpu_s() - self._cpu_start_s)

    def _cpu_s(self) -> float:
        return 0.0 if self._pid is None else cpu_s(self._pid)
