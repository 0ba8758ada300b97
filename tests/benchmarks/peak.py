"""`python -m tests.benchmarks.peak FILE ARGUMENTS`: the command, and into a file how much memory it held at most.

The file has two numbers of bytes: of the process itself, and of the largest that it started. Both are the kernel's own
high-water marks; the children's are looked at ten times a second, as long as there are any.
"""

import atexit
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from autograder.cli.main import main
from tests.clusters import children

PAUSE_S = 0.1


class Watch:
    """Keeps the largest mark of all children."""

    def __init__(self) -> None:
        self.largest = 0
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            for child in children(os.getpid()):
                with suppress(OSError):  # it has ended
                    self.largest = max(self.largest, most_bytes(child))
            time.sleep(PAUSE_S)


def most_bytes(pid: int) -> int:
    """The most that a process has held, so far; 0 when it is over."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def tell(file: str, watch: Watch) -> None:
    """Write the two numbers."""
    Path(file).write_text(f"{most_bytes(os.getpid())} {watch.largest}", encoding="ascii")


if __name__ == "__main__":
    atexit.register(tell, sys.argv.pop(1), Watch())
    main()
