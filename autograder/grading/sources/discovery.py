"""What was handed in, from whichever source it comes: the first that knows its own.

Two submissions of one student end the command before anything is graded: to choose one would be to lose the other.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from autograder.grading.findings import printable
from autograder.grading.intake import Found
from autograder.grading.sources.canvas import canvas, is_canvas_name
from autograder.grading.sources.gradescope import METADATA, gradescope
from autograder.grading.sources.moodle import is_moodle_name, moodle
from autograder.grading.sources.plain import plain
from autograder.grading.sources.source import Discovery, Source, visible
from autograder.grading.stores import Place, Remote
from autograder.model.errors import UsageError


def _any_folder(entries: Sequence[Place]) -> Discovery:
    """The plain folder; a download in which most names were changed is told from it by those that were not."""
    found = plain(entries)
    given = sum(is_canvas_name(entry.name) or is_moodle_name(entry.name) for entry in entries)
    if not given:
        return found
    notice = (
        f"{given} of {len(entries)} names are such as Canvas or Moodle gives, too few to be its download, so that each"
        " folder and archive was taken for one student's: give the others back the names they had there"
    )
    return replace(found, notices=(notice, *found.notices))


_SOURCES: tuple[Source, ...] = (gradescope, canvas, moodle, _any_folder)


def discover(folder: Place) -> Discovery:
    """The submissions in a folder, in the order of the students' names.

    Raises:
        UsageError: the folder can't be read or holds no submission, or holds two of one name, capitals apart.
    """
    entries = _entries(folder)
    found = next(found for source in _SOURCES if (found := source(entries)) is not None)
    if not found.submissions:
        raise UsageError(f"{folder}: holds no submission; put one folder or zip there for each student")
    _refuse_twins(folder, found.submissions)
    return Discovery(tuple(sorted(found.submissions, key=lambda each: each.student)), found.notices)


@contextmanager
def unpacked(path: Place) -> Iterator[Place]:
    """The folder of submissions; a download that is still a zip is unpacked for the length of the block.

    Raises:
        UsageError: the zip is damaged.
    """
    if isinstance(path, Remote) or not path.is_file():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="submissions-") as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)
        except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
            raise UsageError(
                f"{path}: can't be unpacked ({error}); name a folder of submissions, or a zip as downloaded"
            ) from error
        yield Path(folder)


def _entries(folder: Place) -> Sequence[Place]:
    try:
        entries = visible(folder)
        if len(entries) == 1 and entries[0].is_dir():
            inner = visible(entries[0])
            if any(entry.name == METADATA for entry in inner):
                return inner  # an unpacked export has all its files in one folder
    except OSError as error:
        raise UsageError(f"{folder}: can't be read ({error.strerror}); name the folder of submissions") from error
    return entries


def _refuse_twins(folder: Place, found: Sequence[Found]) -> None:
    first: dict[str, Found] = {}
    for each in found:
        twin = first.setdefault(each.student.casefold(), each)
        if twin is not each:
            raise UsageError(
                f"{folder}: {_place(twin)} and {_place(each)} are two submissions of one student: keep one of them"
                " there, or rename one; nothing was graded"
            )


def _place(found: Found) -> str:
    return printable(found.path.name if found.path else found.student)
