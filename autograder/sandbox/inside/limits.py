"""What a child may use, and which rights it gives up."""

from __future__ import annotations

import ctypes
import resource
from itertools import count
from typing import TYPE_CHECKING, Any

from .system import RefusedError, address, call, prctl, read_small

if TYPE_CHECKING:
    from collections.abc import Iterable

MIB = 1024 * 1024
OPEN_FILES = 128
PR_CAPBSET_READ, PR_CAPBSET_DROP, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 23, 24, 47, 4
CAPABILITY_VERSION_3 = 0x20080522


def set_limits(limits: dict[str, Any], *, has_own_user: bool) -> None:
    """Bound this process and each that it starts.

    `limits` has the fields of `model.course.Limits`. The number of processes counts for a whole user, so it is set only
    where the child has a user of its own. Memory is what may be added to the address space there is.
    """
    cpu_s = max(1, round(limits["submission_cpu_s"]) + 1)
    _set(resource.RLIMIT_CPU, cpu_s)
    _set(resource.RLIMIT_FSIZE, limits["file_mib"] * MIB)
    _set(resource.RLIMIT_NOFILE, OPEN_FILES)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_AS, _address_space() + limits["memory_mib"] * MIB)
    if has_own_user:
        _set(resource.RLIMIT_NPROC, limits["processes"])


def capabilities() -> range:
    """All that this kernel knows."""
    return range(next(number for number in count() if not _is_known(number)))


def drop_capabilities(known: Iterable[int]) -> None:
    """Give up every capability, and the way back to any.

    Raises:
        RefusedError: the kernel refuses.
    """
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, means="namespaces")
    for capability in known:
        prctl(PR_CAPBSET_DROP, capability, means="namespaces")
    header, none = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    call("capset", address(header), address(none))


def _is_known(capability: int) -> bool:
    try:
        return prctl(PR_CAPBSET_READ, capability) >= 0
    except RefusedError:
        return False


def _set(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (wanted, wanted))


def _address_space() -> int:
    """Bytes of address space in use; what can't be measured counts as a warm parent's usual size."""
    try:
        pages = int(read_small("/proc/self/statm").split()[0])
    except OSError:
        return 512 * MIB
    return pages * resource.getpagesize()
