"""Level `uid+landlock`: each child is a user that nobody else is, shut in by Landlock and seccomp."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from . import doors, landlock, seccomp
from .limits import set_limits
from .listed import hide_others
from .room import DEVICES
from .system import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, RefusedError, prctl
from .users import FreshUser


class FreshUsers:
    """The warm parent's way to start and to end children at this level. Nothing at all can be written there."""

    def __init__(self, plan: dict[str, Any]) -> None:
        if os.geteuid() != 0:
            raise RefusedError("users", "only root can give a process another user")
        self.filter = seccomp.program()
        hide_others(plan["folders"])
        self.kept = doors.hold_open([folder for folder in plan["folders"] if Path(folder).is_dir()])
        self.listable = plan["sys_path"]
        self.readable = [inner for folder in plan["folders"] for inner in _without(folder, plan["masked"])]
        self.users: dict[int, FreshUser] = {}
        self.free: list[FreshUser] = []
        prctl(PR_SET_CHILD_SUBREAPER, 1)

    def fork(self) -> int:
        """A new process, still root: its id here, 0 in itself."""
        user = self.free.pop() if self.free else FreshUser()
        pid = os.fork()
        self.users[pid] = user  # in the new process itself, whose id is told as 0, too
        return pid

    def shut_in(self, limits: dict[str, Any]) -> None:
        """Close every door behind the new process."""
        set_limits(limits, has_own_user=True)
        landlock.restrict([*self.readable, *DEVICES, f"/proc/{os.getpid()}"], ["/dev/null"], self.listable)
        self.users[0].become()
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        seccomp.install(self.filter)

    def end(self, pid: int) -> None:
        """Kill a child and all that it started; nothing of its user is left, so that another child may have it."""
        os.kill(pid, signal.SIGKILL)
        user = self.users.pop(pid)
        user.kill_all()
        self.free.append(user)


def _without(folder: str, masked: list[str]) -> list[str]:
    """A folder, or what it holds where a masked one is among that."""
    hidden = {Path(path) for path in masked}
    if not any(path.parent == Path(folder) for path in hidden):
        return [folder]
    return [str(path) for path in Path(folder).iterdir() if path not in hidden]
