"""Level `none`: a process with limits, which is no boundary. It is there for machines that have nothing better."""

from __future__ import annotations

import os
import signal
from typing import Any

from .fresh_user import FreshUsers
from .limits import set_limits


def unbounded(plan: dict[str, Any]) -> Unbounded | UsersOnly:
    """The best that is left: even here student code never runs as root."""
    return UsersOnly(plan) if os.geteuid() == 0 else Unbounded()


class Unbounded:
    """The warm parent's way to start and to end children where nothing shuts them in."""

    kept: tuple[int, ...] = ()

    def fork(self) -> int:
        """A new process: its id here, 0 in itself."""
        return os.fork()

    def shut_in(self, limits: dict[str, Any]) -> None:
        """Set what limits there are, and a process group that can be killed as one."""
        os.setsid()
        set_limits(limits, has_own_user=False)

    def end(self, pid: int) -> None:
        """Kill a child and those of its processes that stayed in its group."""
        for kill in (os.killpg, os.kill):
            try:
                kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


class UsersOnly(FreshUsers):
    """The same where the grader is root: each child is at least a user that nobody else is."""

    def shut_in(self, limits: dict[str, Any]) -> None:
        """Become that user, within the limits."""
        set_limits(limits, has_own_user=True)
        self.users[0].become()
