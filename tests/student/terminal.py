"""A real terminal in which a verb of `autograder` runs, to be typed into and read from."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

AUTOGRADER = [sys.executable, "-c", "from autograder.cli.main import main; main()"]
COMMAND = [*AUTOGRADER, "watch"]
MOST_S = 30.0  # before a test gives up


class Terminal:
    """A terminal with a process in it."""

    def __init__(self, root: Path, command: Sequence[str] = tuple(COMMAND)) -> None:
        self.root = root
        self._printed = b""
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            command, cwd=root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)

    def read_until(self, words: str) -> str:
        """What is printed up to some words, which are part of it; what follows them is left for the next time."""
        until = time.monotonic() + MOST_S
        while (found := re.search(words, self._printed.decode("utf-8", "ignore"))) is None:
            assert time.monotonic() < until, f"{words!r} never came; there was {self._printed.decode()}"
            ready, _, _ = select.select([self._ours], [], [], 0.1)
            self._printed += os.read(self._ours, 65536) if ready else b""
        text = self._printed.decode("utf-8", "ignore")
        self._printed = text[found.end() :].encode()
        return text[: found.end()]

    def press(self, key: str) -> None:
        """Press a key."""
        os.write(self._ours, key.encode())

    def save(self, text: str, file: str = "tiny/sums.py") -> None:
        """Save a file as editors do, by putting a new one in its place."""
        beside = self.root / file.replace(".py", ".tmp")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.root / file)

    def close(self) -> None:
        """End the process, if it still runs."""
        self.process.kill()
        self.process.wait()
        os.close(self._ours)
