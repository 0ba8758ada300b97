"""Folders that a fresh user could not reach by their paths, held open for it.

A Python that lies in somebody's closed home folder is found through `/proc/self/fd/N` instead.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path


def hold_open(folders: list[str]) -> list[int]:
    """Let the import system find these folders by open descriptors where their paths are closed to others.

    Returns the descriptors, which a child must keep.
    """
    opened = {folder: _open(folder) for folder in folders if not _is_open_to_all(Path(folder))}
    sys.path[:] = [_moved(path, opened) for path in sys.path]
    for module in list(sys.modules.values()):
        if isinstance(paths := getattr(module, "__path__", None), list):
            paths[:] = [_moved(path, opened) for path in paths]
    sys.path_importer_cache.clear()
    return list(opened.values())


def _open(root: str) -> int:
    return os.open(root, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)


def _is_open_to_all(folder: Path) -> bool:
    return all(part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.parents))


def _moved(path: str, opened: dict[str, int]) -> str:
    for folder, descriptor in opened.items():
        if path == folder or path.startswith(folder + "/"):
            return f"/proc/self/fd/{descriptor}{path[len(folder) :]}"
    return path
