"""System calls that Python 3.11 has no function for, by name."""

from __future__ import annotations

import ctypes
import os
import platform
from typing import Any

# name: (x86_64, aarch64); None where the architecture has no such call
NUMBERS: dict[str, tuple[int | None, int]] = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "capset": (126, 91),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "clone": (56, 220),
    "clone3": (435, 435),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "landlock_add_rule": (445, 445),
    "landlock_create_ruleset": (444, 444),
    "landlock_restrict_self": (446, 446),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "prctl": (157, 167),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "semget": (64, 190),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "shmget": (29, 194),
    "socket": (41, 198),
    "socketpair": (53, 199),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
}
MACHINES = ("x86_64", "aarch64")
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 36, 38

# PyDLL keeps the interpreter's lock, so that a process born in `clone` is born holding it.
_libc = ctypes.PyDLL(None, use_errno=True)


class RefusedError(Exception):
    """This machine refuses one of the means of isolation.

    Attributes:
        means: a key of `machine.REMEDIES`.
        detail: what was refused, with the system's own words.
    """

    def __init__(self, means: str, detail: str) -> None:
        super().__init__(f"{means}: {detail}")
        self.means = means
        self.detail = detail


def number(name: str) -> int | None:
    """A system call's number on this machine; None where there is none, as on all that isn't Linux."""
    machine = platform.machine()
    is_known = platform.system() == "Linux" and machine in MACHINES
    return NUMBERS[name][MACHINES.index(machine)] if is_known else None


def call(name: str, *arguments: int | bytes | None, means: str = "namespaces") -> int:
    """What a system call returned.

    Raises:
        RefusedError: it was refused, so that `means` can't be had.
    """
    which = number(name)
    if which is None:
        raise RefusedError(means, f"{name} is unknown on {platform.machine()}")
    converted = [ctypes.c_long(value) if isinstance(value, int) else ctypes.c_char_p(value) for value in arguments]
    result: int = _libc.syscall(ctypes.c_long(which), *converted)
    if result == -1:
        raise RefusedError(means, f"{name}: {os.strerror(ctypes.get_errno())}")
    return result


def prctl(option: int, *arguments: int, means: str = "seccomp") -> int:
    """What `prctl` returned.

    Raises:
        RefusedError: it was refused.
    """
    return call("prctl", option, *(*arguments, 0, 0, 0, 0)[:4], means=means)


def read_small(path: str) -> str:
    """A small file of the kernel's; without Python's layers of text and buffers, which each child would pay for.

    Raises:
        OSError: it can't be read.
    """
    opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(opened, 4096).decode()
    finally:
        os.close(opened)


def write_small(path: str, text: str) -> None:
    """Write a small file of the kernel's, likewise.

    Raises:
        OSError: it can't be written.
    """
    opened = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(opened, text.encode())
    finally:
        os.close(opened)


def address(buffer: ctypes.Structure | ctypes.Array[Any]) -> int:
    """Where a value lies in memory, for a system call's argument; the caller keeps it alive."""
    return ctypes.addressof(buffer)
