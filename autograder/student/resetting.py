"""A file of the workspace as it was built; what the student made of it is kept beside."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.checks.originals import read_originals
from autograder.model.errors import UsageError
from autograder.model.language import sentence, translate
from autograder.model.record import Record
from autograder.student.files import keep_beside, write_whole
from autograder.student.workspace import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

REASON = "reset"

UNKNOWN = sentence("{name} is no file that the course gave you, so nothing can be brought back")
NEARLY = sentence("{name} is no file that the course gave you, so nothing can be brought back. Did you mean {guess}?")


class Restored(Record, frozen=True):
    """What a reset did: to which file, and where the old one is; `is_same` says that there was nothing to do.

    Of a folder, only the missing files are brought back; `count` says how many.
    """

    path: str
    kept: str | None = None
    is_same: bool = False
    count: int | None = None


def reset(root: Path, here: Path, name: str) -> Restored:
    """Bring a file, or what is missing of a folder, back as it was built.

    The name is seen from the folder `here`, or from the workspace itself.

    Raises:
        UsageError: the course has no such file, or it can't be written.
    """
    originals = read_originals(root)
    path = _known(root, here, name, originals)
    if path not in originals:
        return _folder(root, path, originals)
    file = root / path
    if file.is_dir():
        raise UsageError(f"{file} is a folder: move it away and reset the file then")
    if file.is_file() and file.read_bytes() == originals[path]:
        return Restored(path=path, is_same=True)
    kept = keep_beside(file, REASON)
    write_whole(file, originals[path])
    return Restored(path=path, kept=kept.relative_to(root).as_posix() if kept else None)


def _folder(root: Path, folder: str, originals: Mapping[str, bytes]) -> Restored:
    """Every missing file of a folder; those that are there may be a student's work, and stay."""
    missing = [path for path in originals if path.startswith(f"{folder}/") and not (root / path).exists()]
    for path in missing:
        write_whole(root / path, originals[path])
    return Restored(path=folder, is_same=not missing, count=len(missing))


def _known(root: Path, here: Path, name: str, originals: Mapping[str, bytes]) -> str:
    """The path within the workspace of the file or folder that a name stands for."""
    for base in (here.resolve(), root):
        path = Path(os.path.normpath(base / name))
        inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
        if inside in originals or any(path.startswith(f"{inside}/") for path in originals):
            return inside
    language = language_of(originals)
    near = get_close_matches(Path(name).as_posix(), list(originals), n=1)
    if near:
        raise UsageError(translate(NEARLY, language, {"name": name, "guess": near[0]}))
    raise UsageError(translate(UNKNOWN, language, {"name": name}))
