"""Whether this machine has the memory that a course lets a submission use.

Where it hasn't, a submission would be out of memory through no fault of its own.
"""

from __future__ import annotations

import re
import resource
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.model.course import Limits

KIB, MIB = 1024, 1024 * 1024
MEMINFO, OWN_SIZE = "proc/meminfo", "proc/self/statm"
OF_CONTAINERS = ("sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes")  # cgroups 2 and 1


def require_memory(limits: Limits, root: Path = Path("/")) -> None:
    """See that one submission may use what the course allows it.

    Raises:
        MachineError: this machine, or the container that this runs in, has less.
    """
    free_mib = min((bound // MIB for bound in _bounds(root)), default=limits.memory_mib)
    if free_mib < limits.memory_mib:
        raise MachineError(
            f"{free_mib} MiB of memory are free here, and the course lets a submission use {limits.memory_mib}: one"
            " could fail for want of memory that is not its fault; end other programs, give the container more, or"
            " lower memory_mib in course.toml"
        )


def _bounds(root: Path) -> Iterator[int]:
    """In bytes, what is free, and what each limit that is set leaves; what this system doesn't tell is left out."""
    if (found := re.search(r"^MemAvailable:\s+(\d+) kB$", _said(root / MEMINFO), re.MULTILINE)) is not None:
        yield int(found[1]) * KIB
    yield from (int(said) for place in OF_CONTAINERS if (said := _said(root / place).strip()).isdigit())
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most != resource.RLIM_INFINITY:
        yield most - int(_said(root / OWN_SIZE).partition(" ")[0] or 0) * resource.getpagesize()


def _said(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except OSError:
        return ""
