"""Imports of packages that the course doesn't list fail as if they were not installed.

Where no file system of its own hides them, Landlock keeps them from being read; that alone would be a PermissionError,
which `try: import torch` does not expect.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from pathlib import Path


def hide_others(folders: list[str]) -> None:
    """Of what lies on `sys.path` beside one of these folders, only they are found from here on."""
    listed = {Path(folder) for folder in folders}
    beside = {path for folder in listed if str(folder.parent) in sys.path for path in folder.parent.iterdir()}
    names = {_name(path) for path in beside} - {_name(path) for path in listed}
    sys.meta_path.insert(0, _Hidden(frozenset(names)))


def _name(path: Path) -> str:
    return path.name.split(".")[0]


class _Hidden(MetaPathFinder):
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:  # noqa: ARG002
        """Stop the search for what is hidden.

        Raises:
            ModuleNotFoundError: for a package that is not listed.
        """
        if fullname in self._names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
