"""The room: a read-only file system of just what Python needs, which a process enters and can't leave."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import TYPE_CHECKING

from .system import RefusedError, address, call, write_small

if TYPE_CHECKING:
    from collections.abc import Iterable

CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 0x1000, 0x4000, 0x40000
MNT_DETACH, AT_FDCWD, AT_RECURSIVE, ATTR_RDONLY, ATTR_NOSUID = 2, -100, 0x8000, 1, 2
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
BUILT_AT, OLD = "/tmp", "/old"  # the old root lies at OLD while the room is furnished  # noqa: S108
WORK_MIB = 64
WORK = "/scratch"  # where a child may write; not /tmp, since Python itself may lie below that


class _Attributes(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "user"))


def enter(folders: Iterable[str], masked: Iterable[str]) -> None:
    """Make these paths, read-only and without the masked ones, all that this process and its children see.

    Raises:
        RefusedError: the kernel refuses one of the steps.
    """
    uid, gid = os.geteuid(), os.getegid()
    call("unshare", CLONE_NEWNS | (CLONE_NEWUSER if uid else 0))
    if uid:
        map_user(uid, gid, uid, gid)
    mount("none", "/", "", MS_REC | MS_PRIVATE)
    mount("room", BUILT_AT, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1m")
    Path(BUILT_AT + OLD).mkdir()
    call("pivot_root", BUILT_AT.encode(), (BUILT_AT + OLD).encode())
    _furnish(folders, masked)
    mount(OLD + "/proc", "/proc", "", MS_BIND | MS_REC)  # the kernel shows a child a fresh /proc only where it sees one
    call("umount2", OLD.encode(), MNT_DETACH)


def _furnish(folders: Iterable[str], masked: Iterable[str]) -> None:
    for folder in folders:
        _bind(folder)
        for inner in [path for path in masked if Path(path).is_relative_to(folder)]:
            mount("mask", inner, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1m")
    for device in DEVICES:
        _bind(device)
    for place in (WORK, "/proc"):
        Path(place).mkdir()
    if not Path("/tmp").exists():  # noqa: S108 - where programs look for room to write
        Path("/tmp").symlink_to(WORK)  # noqa: S108
    for shown in (*folders, *DEVICES):
        _freeze(shown, AT_RECURSIVE)
    _freeze("/")
    make_work()


def make_work() -> None:
    """An empty place to write, of limited size, over the one that was there."""
    mount("work", WORK, "tmpfs", MS_NOSUID | MS_NODEV, f"mode=1777,size={WORK_MIB}m")


def _bind(path: str) -> None:
    """Show a path of the old root at the same place in the room."""
    source, target = Path(OLD + path), Path(path)
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    mount(str(source), path, "", MS_BIND | MS_REC)


def _freeze(path: str, flags: int = 0) -> None:
    attributes = _Attributes(ATTR_RDONLY | ATTR_NOSUID, 0, 0, 0)
    call("mount_setattr", AT_FDCWD, path.encode(), flags, address(attributes), ctypes.sizeof(attributes))


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount, in the order of words that the command of this name has.

    Raises:
        RefusedError: the kernel refuses; the message names the target.
    """
    try:
        call("mount", source.encode(), target.encode(), kind.encode(), flags, options.encode() or None)
    except RefusedError as error:
        raise RefusedError(error.means, f"{error.detail} ({kind or 'bind'} at {target})") from None


def map_user(uid: int, gid: int, inner_uid: int, inner_gid: int) -> None:
    """Give this process, in its new user namespace, one user: itself.

    Raises:
        RefusedError: the kernel refuses.
    """
    maps = (("setgroups", "deny"), ("uid_map", f"{inner_uid} {uid} 1"), ("gid_map", f"{inner_gid} {gid} 1"))
    for name, text in maps:
        try:
            write_small(f"/proc/self/{name}", text)
        except OSError as error:
            raise RefusedError("namespaces", f"/proc/self/{name}: {error.strerror}") from None
