"""A newer workspace of the course, a folder or a zip: its files as they were built, whatever became of them since."""

from __future__ import annotations

import glob
import zipfile
from fnmatch import fnmatch
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from autograder.build.wheel import FOLDER, PATTERN
from autograder.model.errors import UsageError
from autograder.model.language import sentence, translate
from autograder.model.workspace import COURSE_FILE, ORIGINALS_FILE, Home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NO_WORKSPACE = sentence("{path} is no workspace: name the folder or the zip of the newer course, as you got it")
OTHER_COURSE = sentence('{path} is of the course "{theirs}", and this workspace of "{ours}": ask for the right one')
OTHER_LANGUAGE = sentence(
    '{path} is in the language "{theirs}", and this workspace in "{ours}": ask for the one in your language'
)
_UNREADABLE = (OSError, zipfile.BadZipFile, msgspec.MsgspecError, UnicodeDecodeError, KeyError, RuntimeError)


def read_newer(path: Path, ours: Home) -> dict[str, bytes]:
    """Every file of the newer workspace by path: its originals, their zip, and the wheels.

    Raises:
        UsageError: it is no workspace, or one of another course or language.
    """
    try:
        files = _files(path)
        theirs = msgspec.json.decode(files[COURSE_FILE], type=Home)
    except _UNREADABLE as error:
        raise UsageError(translate(NO_WORKSPACE, ours.language, {"path": str(path)})) from error
    values = {"path": str(path), "theirs": theirs.course, "ours": ours.course}
    if theirs.course != ours.course:
        raise UsageError(translate(OTHER_COURSE, ours.language, values))
    if theirs.language != ours.language:
        languages = {"theirs": theirs.language, "ours": ours.language}
        raise UsageError(translate(OTHER_LANGUAGE, ours.language, {**values, **languages}))
    return files


def read_wheels(root: Path) -> dict[str, bytes]:
    """The machine's own wheels in a workspace, by path; there should be one."""
    return {f"{FOLDER}/{file.name}": file.read_bytes() for file in (root / FOLDER).glob(PATTERN)}


def _files(path: Path) -> dict[str, bytes]:
    if path.is_dir():
        return _with_originals((path / ORIGINALS_FILE).read_bytes(), read_wheels(path))
    with zipfile.ZipFile(path) as archive:
        base = _base(archive.namelist())
        names = [name for name in archive.namelist() if fnmatch(name, f"{glob.escape(base)}{FOLDER}/{PATTERN}")]
        wheels = {name.removeprefix(base): archive.read(name) for name in names}
        return _with_originals(archive.read(f"{base}{ORIGINALS_FILE}"), wheels)


def _base(names: Iterable[str]) -> str:
    """The folder within a zip that is the workspace; a `KeyError` if there is none."""
    found = [name.removesuffix(ORIGINALS_FILE) for name in names if name.endswith(ORIGINALS_FILE)]
    if not found:
        raise KeyError(ORIGINALS_FILE)
    return min(found, key=len)


def _with_originals(packed: bytes, wheels: dict[str, bytes]) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files = {**files, **wheels, ORIGINALS_FILE: packed}
    for name in files:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise KeyError(name)
    return files
