"""Moodle's download of all submissions: a folder `Ada Lovelace_4711_assignsubmission_file_` for each student.

Or, where folders are switched off, files whose names begin so. The number is the one that the grading worksheet calls
the participant by. That worksheet, where it lies beside them, says who came late.

Source: Moodle, mod/assign/locallib.php.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from autograder.grading.findings import printable
from autograder.grading.intake import Found
from autograder.grading.sources.source import Discovery, choose
from autograder.grading.sources.worksheet import with_lateness
from autograder.grading.stores import Place
from autograder.model.ids import StudentId

_ENTRY = re.compile(r"(?P<student>.+_\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)

_Named = tuple[Place, re.Match[str]]


def moodle(entries: Sequence[Place]) -> Discovery | None:
    """The students of a download from Moodle."""
    matches = [(entry, _ENTRY.fullmatch(entry.name)) for entry in entries]
    named = [(entry, match) for entry, match in matches if match]
    tables = [entry for entry, match in matches if not match and entry.suffix.lower() == ".csv" and entry.is_file()]
    if 2 * len(named) <= len(entries) - len(tables):
        return None
    uploads = [(entry, match) for entry, match in named if match["kind"] == "file"]
    taken = {*tables, *(entry for entry, _ in uploads)}
    notices = (_left_aside(entry, match) for entry, match in matches if entry not in taken)
    found, more = with_lateness(tuple(_found(uploads)), tables)
    return Discovery(found, (*notices, *more))


def is_moodle_name(name: str) -> bool:
    """Whether Moodle may have given a folder or a file this name."""
    return _ENTRY.fullmatch(name) is not None


def _found(uploads: Sequence[_Named]) -> Iterator[Found]:
    for student, group in groupby(sorted(uploads, key=_student), key=_student):
        files = list(group)
        folders = [entry for entry, _ in files if entry.is_dir()]
        if folders:
            yield Found(student, folders[-1])
            continue
        path, findings = choose([(match["file"] or file.name, file) for file, match in files])
        yield Found(student, path, findings=findings)


def _student(named: _Named) -> StudentId:
    return StudentId(printable(named[1]["student"]))


def _left_aside(entry: Place, match: re.Match[str] | None) -> str:
    if match:
        return f"{printable(entry.name)}: is no file that was handed in, left aside"
    return (
        f"{printable(entry.name)}: has no name that Moodle gives (Name_12345_assignsubmission_file_), left aside: give"
        " it back the name it had in the download"
    )
