"""A workspace of an older course becomes one of a newer, and the student's work stays.

For each file there are three versions: as it was built, as it is now, and as it is built for the newer course. What
only the course changed is taken, what only the student changed is left, what both changed is merged. Nothing is
written before all of it is known, and no student's version goes away without a copy beside.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.checks.originals import read_originals
from autograder.grading.python import python_fault
from autograder.model.record import Record
from autograder.model.workspace import DIGESTS_FILE, ORIGINALS_FILE
from autograder.student.cells import CellClash, merge_notebook
from autograder.student.files import keep_beside, write_beside, write_whole
from autograder.student.merging import merge
from autograder.student.newer import read_newer, read_wheels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from autograder.model.workspace import Home

REASON, NEWER = "update", "newer"


class Kind(StrEnum):
    """What becomes of a file."""

    TAKEN = "taken"  # new, changed by the course alone, or lost by the student
    DROPPED = "dropped"  # by the course, and the student never changed it
    MERGED = "merged"
    LEFT = "left"  # the student's version stays, since the two can't be merged; the course's lies beside
    KEPT = "kept"  # dropped by the course, though the student had changed it


class Change(Record, frozen=True):
    """What becomes of one file; `data` is what is written, if anything is."""

    path: str
    kind: Kind
    data: bytes | None = None
    clashes: tuple[CellClash, ...] = ()  # `cell` is empty in what is no notebook
    kept: str | None = None  # where the student's version of before is
    newer: str | None = None  # where the course's version is, when the two clashed


def update(root: Path, home: Home, newer: Path) -> tuple[Change, ...]:
    """Bring the workspace at `root` up to a newer one, a folder or a zip; what became of each file that changed.

    Raises:
        UsageError: the newer one is no workspace of this course, or a file can't be written.
    """
    theirs = read_newer(newer, home)
    ours = read_wheels(root)
    base = {**read_originals(root), **ours}
    planned = plan(base, _present(root, {*base, *theirs}), theirs)
    # The originals are written last: until then, an update that was cut short can be made once more.
    ordered = sorted(planned, key=lambda change: change.path == ORIGINALS_FILE)
    done = [_carried_out(root, change, theirs.get(change.path, b"")) for change in ordered]
    if done:
        (root / DIGESTS_FILE).unlink(missing_ok=True)  # it said what an untouched folder holds
    return tuple(change for change in done if not change.path.startswith(".course/"))


def plan(base: Mapping[str, bytes], mine: Mapping[str, bytes], newer: Mapping[str, bytes]) -> tuple[Change, ...]:
    """What is to become of each file, from its three versions; those that stay as they are, are left out."""
    changes = (_change(path, base.get(path), mine.get(path), newer.get(path)) for path in sorted({*base, *newer}))
    return tuple(change for change in changes if change is not None)


def _change(path: str, base: bytes | None, mine: bytes | None, newer: bytes | None) -> Change | None:
    if newer in (base, mine):
        return None
    if newer is None:
        return _dropped(path, base, mine)
    if mine is None or mine == base or path.startswith(".course/"):
        return Change(path=path, kind=Kind.TAKEN, data=newer)
    return _merged(path, base or b"", mine, newer)


def _dropped(path: str, base: bytes | None, mine: bytes | None) -> Change | None:
    if mine is None:
        return None
    return Change(path=path, kind=Kind.DROPPED if mine == base else Kind.KEPT)


def _merged(path: str, base: bytes, mine: bytes, newer: bytes) -> Change:
    try:
        data, clashes = _of_notebooks(base, mine, newer) if path.endswith(".ipynb") else _of_texts(base, mine, newer)
    except ValueError:  # no notebook, or no text
        return Change(path=path, kind=Kind.LEFT)
    if path.endswith(".py") and python_fault(data) and not python_fault(mine):
        return Change(path=path, kind=Kind.LEFT)
    if data == mine:
        return Change(path=path, kind=Kind.LEFT, clashes=clashes)
    return Change(path=path, kind=Kind.MERGED, data=data, clashes=clashes)


def _of_notebooks(base: bytes, mine: bytes, newer: bytes) -> tuple[bytes, tuple[CellClash, ...]]:
    merged = merge_notebook(base, mine, newer)
    return merged.data, merged.clashes


def _of_texts(base: bytes, mine: bytes, newer: bytes) -> tuple[bytes, tuple[CellClash, ...]]:
    merged = merge(base.decode(), mine.decode(), newer.decode())
    return merged.text.encode(), tuple(CellClash(cell="", clash=clash) for clash in merged.clashes)


def _present(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    return {path: (root / path).read_bytes() for path in paths if (root / path).is_file()}


def _carried_out(root: Path, change: Change, newer: bytes) -> Change:
    """Do what was planned, and say where the versions are that were kept."""
    file = root / change.path
    if change.kind is Kind.DROPPED:
        file.unlink()
        return change
    kept = beside = None
    if change.kind is Kind.LEFT or change.clashes:
        beside = write_beside(file, newer, NEWER)
    if change.data is not None:
        kept = keep_beside(file, REASON) if change.kind is Kind.MERGED else None
        write_whole(file, change.data)
    kept_path, newer_path = (path and path.relative_to(root).as_posix() for path in (kept, beside))
    return replace(change, kept=kept_path, newer=newer_path)
