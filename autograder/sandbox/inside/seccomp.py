"""A seccomp filter: system calls that no exercise needs and that reach into the kernel are refused.

Source: the kernel's `Documentation/userspace-api/seccomp_filter.rst` and `include/uapi/linux/bpf_common.h`.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from typing import TYPE_CHECKING

from .system import PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, RefusedError, address, number, prctl

if TYPE_CHECKING:
    from collections.abc import Iterable

REFUSED = (
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd"),  # into other processes
    *("mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "mount_setattr"),  # other file systems
    *("fsopen", "fsconfig", "fsmount", "fspick", "open_by_handle_at", "name_to_handle_at"),
    *("unshare", "setns", "socket"),  # other namespaces, any network
    *("memfd_create", "memfd_secret", "shmget", "msgget", "semget", "mq_open"),  # memory that no limit counts
    *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register"),
    *("keyctl", "add_key", "request_key", "fanotify_init", "personality"),
    *("init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "syslog"),
    *("swapon", "swapoff", "acct", "quotactl", "quotactl_fd", "vhangup"),
    *("settimeofday", "clock_settime", "clock_adjtime", "adjtimex"),
)
PR_SET_SECCOMP, FILTER = 22, 2

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32 = 0x40000000  # numbers from here on are a second door to the same calls
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NEW_NAMESPACES = 0x7E020000  # every CLONE_NEW* flag of `clone`
DATAGRAMS = 2  # the bit that SOCK_DGRAM and SOCK_RAW have; such a socket could still send to others by their path
REFUSED_ARGUMENTS = (
    ("clone", 0, ANY_BIT, NEW_NAMESPACES),
    ("prctl", 0, EQUAL, PR_SET_PDEATHSIG),
    ("socketpair", 1, ANY_BIT, DATAGRAMS),
)
ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
AT_NUMBER, AT_ARCH, AT_ARGUMENTS = 0, 4, 16


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def program(
    refused: Iterable[str] = REFUSED, refused_arguments: Iterable[tuple[str, int, int, int]] = REFUSED_ARGUMENTS
) -> bytes:
    """The filter's instructions: some calls are refused by name, a few by a test of one argument.

    Raises:
        RefusedError: it is not known how filters are written for this architecture.
    """
    if platform.machine() not in AUDIT_ARCH:
        raise RefusedError("seccomp", f"no filter can be written for {platform.machine()}")
    numbers = [found for found in map(number, refused) if found is not None]
    parts = [
        _step(LOAD, AT_ARCH),
        _step(EQUAL, AUDIT_ARCH[platform.machine()], skip_if=1),
        _step(RETURN, KILL),
        _step(LOAD, AT_NUMBER),
        *_when(AT_LEAST, X32, errno.ENOSYS),
        *_when(EQUAL, number("clone3"), errno.ENOSYS),  # its flags lie in memory; the C library falls back to clone
        *(step for found in numbers for step in _when(EQUAL, found, errno.EPERM)),
        *(step for rule in refused_arguments for step in _when_argument(*rule)),
        _step(RETURN, ALLOW),
    ]
    return b"".join(parts)


def install(instructions: bytes) -> None:
    """Put a filter on this process and all that it will start; it can't be taken off.

    Raises:
        RefusedError: the kernel refuses.
    """
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    whole = _Program(len(instructions) // 8, instructions)
    prctl(PR_SET_SECCOMP, FILTER, address(whole))


def _step(code: int, value: int, skip_if: int = 0, skip_else: int = 0) -> bytes:
    return struct.pack("=HBBI", code, skip_if, skip_else, value)


def _when(test: int, value: int | None, error: int) -> tuple[bytes, ...]:
    return () if value is None else (_step(test, value, 0, 1), _step(RETURN, ERROR | error))


def _when_argument(name: str, place: int, test: int, value: int) -> tuple[bytes, ...]:
    """Refuse a call one of whose arguments passes a test; the accumulator holds the call's number before and after."""
    which = number(name)
    if which is None:
        return ()
    refusal = _when(test, value, errno.EPERM)
    return (_step(EQUAL, which, 0, 4), _step(LOAD, AT_ARGUMENTS + 8 * place), *refusal, _step(LOAD, AT_NUMBER))
