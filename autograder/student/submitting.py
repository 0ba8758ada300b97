"""The zip that a student hands in, looked through by the grader's own eyes before it is."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.build.reference import student_modules
from autograder.checks.originals import read_originals
from autograder.grading.findings import lesson_stems, notebook_path
from autograder.grading.intake import Found, take_in
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.model.language import sentence, translate
from autograder.model.record import Record
from autograder.model.submission import Finding
from autograder.model.workspace import COURSE_FILE
from autograder.student.files import keep_beside, write_whole
from autograder.student.state import read_state, write_state
from autograder.student.workspace import course_of

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import Home

REASON = "submit"

NOTHING = sentence("there is nothing to hand in: {root} holds none of the files that you write, such as {file}")
NO_NAME = sentence("who are you? `autograder submit --name NAME` tells the grader, and is remembered")
BAD_NAME = sentence('{name} can\'t be the name of a file: no "/", "\\" or ":", and no "." at its beginning')


class HandedIn(Record, frozen=True):
    """A zip that was written, and what the grader will say of it."""

    zip: str
    files: dict[str, int]  # what the student writes, with sizes in bytes
    others: int  # files besides
    findings: tuple[Finding, ...]
    kept: str | None = None  # where an earlier zip of that name is


def hand_in(root: Path, home: Home, name: str | None) -> HandedIn:
    """Write the zip; `name` is how the grader knows the student, remembered for the next time.

    Raises:
        UsageError: there is nothing to hand in, the name is none for a file, or the zip can't be written.
    """
    course, originals = course_of(home, root), read_originals(root)
    name = _name(root, home, name)
    yours = (*student_modules(course), *map(notebook_path, lesson_stems(course)))
    found = {path: (root / path).read_bytes() for path in yours if (root / path).is_file()}
    if not found:
        raise UsageError(translate(NOTHING, home.language, {"root": str(root), "file": yours[0]}))
    files = {**_others(root, course.package), **found}
    target = root / f"{name}.zip"
    kept = keep_beside(target, REASON)
    write_whole(target, _packed(files))
    theirs = take_in(Found(StudentId(name), target), course, {home.language: originals})
    return HandedIn(
        zip=target.name,
        files={path: len(data) for path, data in found.items()},
        others=len(files) - len(found),
        findings=theirs.findings,
        kept=kept.name if kept else None,
    )


def _name(root: Path, home: Home, name: str | None) -> str:
    """The name given now, or the one given before."""
    state = read_state(root)
    chosen = name or state.name
    if chosen is None:
        raise UsageError(translate(NO_NAME, home.language))
    if not chosen or chosen.startswith(".") or set(chosen) & set('/\\:*?"<>|\0') or not chosen.isprintable():
        raise UsageError(translate(BAD_NAME, home.language, {"name": chosen}))
    if name and name != state.name:
        write_state(root, replace(state, name=name))
    return chosen


def _others(root: Path, package: str) -> dict[str, bytes]:
    """The rest of the package, so that the grader can say what became of it, and the workspace's language."""
    modules = [path for path in sorted((root / package).rglob("*.py")) if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (*modules, root / COURSE_FILE)}


def _packed(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
