"""How strongly student code is shut in."""

from enum import StrEnum


class Level(StrEnum):
    """The isolation of a run, strongest first; every result names it."""

    NAMESPACES = "namespaces"  # a file system, processes and a network of its own
    UID_LANDLOCK = "uid+landlock"  # for containers that refuse namespaces: a fresh user, Landlock and seccomp
    NONE = "none"  # a separate process with limits, which is no boundary
