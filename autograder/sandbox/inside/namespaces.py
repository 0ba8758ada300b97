"""Level `namespaces`: each child has users, mounts, processes, IPC and a host name of its own, and no network.

The network is an empty one of the warm parent's: to make one for each child would cost more than all the rest, and no
child may open a socket in it.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import landlock, room, seccomp
from .limits import capabilities, drop_capabilities, set_limits
from .system import PR_SET_DUMPABLE, PR_SET_PDEATHSIG, call, prctl

if TYPE_CHECKING:
    from collections.abc import Iterable

CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET = 0x04000000, 0x08000000, 0x20000000, 0x40000000
OF_ITS_OWN = room.CLONE_NEWUSER | room.CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS
UID = 51_999  # who a warm parent is, where the grader is root; never 0
INNER_UID = 1000  # who a child believes to be
OWN = str(Path(__file__).parent)  # the parent may still import from here; its children may not read it


class Namespaces:
    """The warm parent's way to start and to end children at this level."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.listable = plan["sys_path"]
        self.readable = sorted({_ruled(folder, self.listable) for folder in plan["folders"]})
        self.filter = seccomp.program()
        self.capabilities = capabilities()
        room.enter([*plan["folders"], OWN], plan["masked"])
        call("unshare", CLONE_NEWNET)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(UID, UID, UID)
            os.setresuid(UID, UID, UID)
        else:
            drop_capabilities(self.capabilities)
        prctl(PR_SET_DUMPABLE, 0)
        self.user = os.getuid(), os.getgid()

    def fork(self) -> int:
        """A new process: its id here, 0 in itself, which is number 1 of its own processes.

        Unlike `os.fork` this runs no one's handlers; a process with one thread needs none, and `random` stays seeded.
        """
        return call("clone", OF_ITS_OWN | signal.SIGCHLD, 0, 0, 0, 0)

    def shut_in(self, limits: dict[str, Any]) -> None:
        """Close every door behind the new process."""
        prctl(PR_SET_DUMPABLE, 1)  # else its own /proc/self/uid_map is not its own
        room.map_user(*self.user, INNER_UID, INNER_UID)
        room.make_work()
        room.mount("proc", "/proc", "proc", room.MS_NOSUID | room.MS_NODEV | room.MS_NOEXEC)
        set_limits(limits, has_own_user=True)
        drop_capabilities(self.capabilities)
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        landlock.restrict(
            [*self.readable, f"/proc/{os.getpid()}", *room.DEVICES], [room.WORK, "/dev/null"], self.listable
        )
        seccomp.install(self.filter)

    def end(self, pid: int) -> None:
        """Kill a child; all that it started dies with it."""
        os.kill(pid, signal.SIGKILL)


def _ruled(folder: str, sys_path: Iterable[str]) -> str:
    """What one of Landlock's rules is about: a folder, or where it lies among packages: the room has no others there.

    Where our own code is one of them, each of the others has a rule of its own.
    """
    parent = Path(folder).parent
    return str(parent) if str(parent) in sys_path and not Path(OWN).is_relative_to(parent) else folder
