"""Users that nobody else is: one for each child where namespaces are refused."""

from __future__ import annotations

import os
import signal
import socket

from .system import RefusedError

FIRST, PAIRS = 52_000, 500  # below 65,536, since containers often map no more


class FreshUser:
    """A user id that no other sandbox on this machine holds as long as this process lives.

    Attributes:
        uid: the user, and its group.
    """

    def __init__(self) -> None:
        self.uid, self._claim = _claim()
        self.kill_all()  # what a grader that was itself killed may have left

    def become(self) -> None:
        """Make this process that user for good."""
        os.setgroups([])
        os.setresgid(self.uid, self.uid, self.uid)
        os.setresuid(self.uid, self.uid, self.uid)

    def kill_all(self) -> None:
        """Kill every process of that user at once; the kernel lets none of them fork meanwhile."""
        pid = os.fork()
        if pid == 0:
            self._kill_all()
        os.waitpid(pid, 0)

    def _kill_all(self) -> None:
        guard = self.uid + 1  # as its real user, the killer can't be killed by its victims
        try:
            os.setgroups([])
            os.setresgid(guard, guard, guard)
            os.setresuid(guard, self.uid, guard)
            os.kill(-1, signal.SIGKILL)
        finally:
            os._exit(0)


def _claim() -> tuple[int, socket.socket]:
    """A free user id and what holds it: an abstract socket, which the kernel frees when its holder dies.

    Raises:
        RefusedError: all are taken.
    """
    start = os.getpid()
    for offset in range(PAIRS):
        uid = FIRST + 2 * ((start + offset) % PAIRS)
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0autograder-sandbox-{uid}")
        except OSError:
            claim.close()
        else:
            return uid, claim
    raise RefusedError("users", f"user ids {FIRST} to {FIRST + 2 * PAIRS - 1} are all taken")
