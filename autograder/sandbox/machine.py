"""What this machine can do: each level is tried once, for real, and what is missing is named with its remedy."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from autograder.model.course import Limits
from autograder.model.record import Record
from autograder.sandbox.level import Level
from autograder.sandbox.warm import MissingMeansError, Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

REMEDIES = {
    "namespaces": (
        "It needs Linux 5.12 or later and user namespaces: on a host of your own, check that "
        "`sysctl user.max_user_namespaces` is above 0 and that `kernel.unprivileged_userns_clone` and "
        "`kernel.apparmor_restrict_unprivileged_userns`, where they exist, allow them. A container refuses them by "
        "default: grade outside it."
    ),
    "landlock": "It needs Linux 5.13 or later, with `landlock` among the modules that /sys/kernel/security/lsm lists.",
    "seccomp": "It needs a Linux kernel with seccomp filters, on x86_64 or aarch64.",
    "users": "It needs to be started as root, inside a container of its own.",
}
BESIDES = "It could not be tried: start the command again, and report what it says if that does not help."


ELSEWHERE = (
    "Student code is isolated by means of Linux, and this is {system}: `autograder export container` writes a container"
    " that grades here."
)


class Machine(Record, frozen=True):
    """The strongest level that works here, and a sentence for each stronger one that does not."""

    level: Level
    findings: tuple[str, ...] = ()


def probe(attempt: Callable[[Level], None] | None = None) -> Machine:
    """What this machine can do, found by starting a child at each level, strongest first, until one works."""
    if (system := platform.system()) != "Linux":
        return Machine(level=Level.NONE, findings=(ELSEWHERE.format(system=system),))
    findings = []
    for level in (Level.NAMESPACES, Level.UID_LANDLOCK):
        try:
            (attempt or start_one)(level)
        except MissingMeansError as error:
            findings.append(f"Level {level} is not to be had: {error.detail}. {REMEDIES.get(error.means, BESIDES)}")
        else:
            return Machine(level=level, findings=tuple(findings))
    return Machine(level=Level.NONE, findings=tuple(findings))


def start_one(level: Level) -> None:
    """Start and end one child at a level.

    Raises:
        MissingMeansError: the machine lacks what the level needs.
    """
    with Sandbox((), level) as sandbox, sandbox.start({}, "json", Limits()):
        pass
