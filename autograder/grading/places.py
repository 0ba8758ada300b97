"""Where things lie in the folder of a run, by paths relative to it, and how they are written."""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from autograder.grading.stores import Place, Remote
from autograder.model.course import Course
from autograder.model.errors import MachineError, UsageError
from autograder.model.ids import CheckId, Language, StudentId

_LONGEST_NAME = 80  # characters; a name and its ending fit into what file systems take, in any script
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file of Windows can have these
_SPOKEN = re.compile(rb'<html lang="([\w-]+)">')


GRADEBOOK, INTAKE, SCORES, INDEX = "gradebook.db", "intake.csv", "scores.csv", "index.html"
ORIGIN = "run.json"
PROBE = ".autograder-can-write-here"  # left in a store, where there is no folder to make


def result(student: StudentId) -> str:
    """The student's result for programs."""
    return f"results/{file_name(student)}.json"


def page(student: StudentId) -> str:
    """The instructor's page of the student."""
    return f"students/{file_name(student)}.html"


def feedback(student: StudentId) -> str:
    """The page that the student gets."""
    return f"feedback/{file_name(student)}.html"


def language_told(out: Place, student: StudentId, course: Course) -> Language:
    """The language of the student's feedback, which is that of the workspace; the course's first without any."""
    try:
        start = (out / feedback(student)).read_bytes()[:500]
    except OSError:
        return course.languages[0]
    told = _SPOKEN.search(start)
    return next((each for each in course.languages if told and each == told[1].decode()), course.languages[0])


def notebook(student: StudentId, path: str) -> str:
    """An executed notebook of the student's, by its path in the workspace."""
    return f"notebooks/{file_name(student)}/{PurePosixPath(path).name}"


def check_page(check: CheckId) -> str:
    """The instructor's page of a check."""
    return f"checks/{file_name(check)}.html"


def written(student: StudentId) -> str:
    """Names what the student's files were made from; written after them."""
    return f".written/{file_name(student)}"


def are_written(out: Place, student: StudentId, made_from: str) -> bool:
    """Whether a student's files are in the folder of a run, made from this."""
    try:
        is_same = (out / written(student)).read_bytes() == made_from.encode()
    except OSError:
        return False
    return is_same and all((out / path(student)).is_file() for path in (result, page, feedback))


def file_name(student: StudentId | CheckId) -> str:
    """A name for the files of a student or a check: letters, digits, `-`, `_` and dots inside.

    Where anything had to be changed, a digest of the name itself follows, so that no two share one.
    """
    plain = re.sub(r"[^\w.-]", "_", student).strip(".")[:_LONGEST_NAME]
    if plain == student and plain and not _RESERVED.fullmatch(plain):
        return plain
    digest = hashlib.sha256(student.encode()).hexdigest()[:10]
    return f"{plain}-{digest}" if not _RESERVED.fullmatch(plain) else f"_{plain}-{digest}"


def require_writable(out: Place) -> None:
    """Make the folder of a run, if it isn't there; a store, which has no folders, is asked to take an empty file.

    Raises:
        UsageError: it is a file, or can't be made or written.
    """
    try:
        if isinstance(out, Remote):
            (out / PROBE).write_bytes(b"")
            return
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except FileExistsError as error:
        raise UsageError(f"{out}: is a file; name a folder with --out") from error
    except OSError as error:
        raise UsageError(f"{out}: can't be written ({error.strerror}); name another folder with --out") from error


def write_files(out: Place, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below a folder, each as a whole.

    Raises:
        MachineError: one can't be written; what stood there before still does.
    """
    for path, data in files.items():
        write(out / path, data)


def write(path: Place, data: bytes) -> None:
    """Write a file as a whole: whoever reads it sees the old bytes or the new ones.

    Raises:
        MachineError: it can't be written; what stood there before still does.
    """
    try:
        if isinstance(path, Remote):
            path.write_bytes(data)
        else:
            _write_here(path, data)
    except OSError as error:
        raise MachineError(
            f"{path}: can't be written ({error.strerror}); make room or rights, and grade again: all that was graded is"
            " kept in the gradebook"
        ) from error


def _write_here(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with _own(part) as file:
        try:
            file.truncate(0)
            file.write(data)
            file.flush()
            part.chmod(0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextmanager
def _own(part: Path) -> Iterator[BinaryIO]:
    """A file that no other writer has; what a killed one has left of it is taken over, so that none stays behind."""
    while True:
        with part.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is_at(part, file):  # else the writer before has put it in its place meanwhile
                yield file
                return


def _is_at(path: Path, file: BinaryIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
