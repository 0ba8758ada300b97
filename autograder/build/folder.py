"""Replacing an output folder as a whole, and only where no work would be lost."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.model.errors import UsageError
from autograder.model.workspace import DIGESTS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_BY_TOOLS = {"__pycache__", ".pytest_cache", ".ipynb_checkpoints", ".ruff_cache", ".mypy_cache"}


@contextmanager
def replace_folder(out: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `out` when the block ends well and vanishes otherwise.

    Raises:
        UsageError: `out` is a file, holds anything but an untouched workspace, or can't be written.
    """
    out = out.resolve()
    _require_free(out)
    beside = _beside(out)
    try:
        staged = beside / out.name
        staged.mkdir()
        yield staged
        _require_free(out)  # again, since somebody may have begun to work there
        _swap(staged, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def is_untouched(folder: Path) -> bool:
    """Whether a folder holds a workspace exactly as it was built, apart from what tools leave behind."""
    try:
        digests = msgspec.json.decode((folder / DIGESTS_FILE).read_bytes(), type=dict[str, str])
        return _digests(folder) == digests
    except (OSError, msgspec.DecodeError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    names = {file: file.relative_to(folder) for file in files}
    return {
        name.as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file, name in names.items()
        if name.as_posix() != DIGESTS_FILE and _LEFT_BY_TOOLS.isdisjoint(name.parts)
    }


def _require_free(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out}: is a file; name a folder")
    if out.is_dir() and any(out.iterdir()) and not is_untouched(out):
        raise UsageError(f"{out}: holds files that a new workspace would overwrite; name an empty or a new folder")


def _beside(out: Path) -> Path:
    """A new folder beside `out`, so that moving from it to there is one step."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise UsageError(f"{out}: can't be written ({error.strerror}); name another folder") from error


def _swap(staged: Path, out: Path) -> None:
    """Put the new folder in the place of the old one, which is gone only after the new one stands."""
    old = staged.with_name(f"{staged.name}.old")
    try:
        if out.exists():
            out.rename(old)
        staged.rename(out)
    except OSError as error:
        if old.exists():
            old.rename(out)
        raise UsageError(f"{out}: can't be replaced ({error.strerror}); name another folder") from error
