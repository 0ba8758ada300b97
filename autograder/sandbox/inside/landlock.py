"""Landlock: from here on this process reads and writes what it was granted, and nothing else.

Source: the kernel's `include/uapi/linux/landlock.h`, ABI 1 to 6.
"""

from __future__ import annotations

import ctypes
import os
import stat
from typing import TYPE_CHECKING

from .system import PR_SET_NO_NEW_PRIVS, RefusedError, address, call, prctl

if TYPE_CHECKING:
    from collections.abc import Iterable

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
TRUNCATE = 1 << 14
FILE_RIGHTS_OF_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
EXECUTE, IOCTL = 1, 1 << 15
MAKE_DEVICES = 1 << 6 | 1 << 11  # character and block devices
NETWORK = 0b11  # bind and connect, from ABI 4 on
SCOPES = 0b11  # abstract sockets and signals, from ABI 6 on
NEWEST = 6
READ = READ_FILE | READ_DIR
MEANS = "landlock"


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The version that this kernel speaks, at most the newest one known here.

    Raises:
        RefusedError: it has none.
    """
    return min(call("landlock_create_ruleset", 0, 0, 1, means=MEANS), NEWEST)


def restrict(readable: Iterable[str], writable: Iterable[str], listable: Iterable[str] = ()) -> None:
    """Grant reading below some paths, writing below others, names below a third, and nothing more.

    Nothing can be executed.

    Raises:
        RefusedError: the kernel refuses.
    """
    version = abi()
    every = FILE_RIGHTS_OF_ABI[min(version, 5)]
    rules = _Ruleset(every, NETWORK if version >= 4 else 0, SCOPES if version >= 6 else 0)
    size = 8 * (1 + (version >= 4) + (version >= 6))
    ruleset = call("landlock_create_ruleset", address(rules), size, 0, means=MEANS)
    try:
        for path in listable:
            _grant(ruleset, path, READ_DIR)
        for path in readable:
            _grant(ruleset, path, READ)
        for path in writable:
            _grant(ruleset, path, every & ~(EXECUTE | MAKE_DEVICES | IOCTL))
        prctl(PR_SET_NO_NEW_PRIVS, 1, means=MEANS)
        call("landlock_restrict_self", ruleset, 0, means=MEANS)
    finally:
        os.close(ruleset)


def _grant(ruleset: int, path: str, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        raise RefusedError(MEANS, f"{path}: {error.strerror}") from None
    try:
        if not stat.S_ISDIR(os.fstat(opened).st_mode):
            rights &= READ_FILE | WRITE_FILE | TRUNCATE
        rule = _Beneath(rights, opened)
        call("landlock_add_rule", ruleset, 1, address(rule), 0, means=MEANS)
    finally:
        os.close(opened)
