"""The plain folder: each folder and each archive in it is a submission, named like the student."""

import os
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

from autograder.grading.findings import printable
from autograder.grading.intake import Found
from autograder.grading.sources.source import Discovery, is_archive
from autograder.grading.stores import Place
from autograder.model.ids import StudentId


def plain(entries: Sequence[Place]) -> Discovery:
    """Every folder and archive; other files are left aside."""
    submissions: list[Place] = []
    others: list[Place] = []
    for entry in entries:
        (submissions if entry.is_dir() or is_archive(entry) else others).append(entry)
    notices = (f"{printable(entry.name)}: neither a folder nor an archive, left aside" for entry in others)
    return Discovery(tuple(Found(_student(entry), entry) for entry in submissions), tuple(notices))


def _student(entry: Place) -> StudentId:
    name = PurePosixPath(os.fspath(entry.name))
    bare = name.name if entry.is_dir() else name.stem.removesuffix(".tar")
    return StudentId(unicodedata.normalize("NFC", printable(bare)))
