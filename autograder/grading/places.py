"""Where things lie in the folder of a run, and how they are written."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from autograder.model.errors import MachineError, UsageError
from autograder.model.ids import StudentId

_LONGEST_NAME = 80  # characters; a name and its ending fit into what file systems take, in any script
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file of Windows can have these


class Places:
    """The files of a run, below one folder.

    Raises:
        UsageError: the folder is a file, or can't be made or written.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        try:
            out.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=out):
                pass
        except FileExistsError as error:
            raise UsageError(f"{out}: is a file; name a folder with --out") from error
        except OSError as error:
            raise UsageError(f"{out}: can't be written ({error.strerror}); name another folder with --out") from error
        self.gradebook = out / "gradebook.db"
        self.scores = out / "scores.csv"
        self.index = out / "index.html"

    def result(self, student: StudentId) -> Path:
        """The student's result for programs."""
        return self.out / "results" / f"{file_name(student)}.json"

    def page(self, student: StudentId) -> Path:
        """The instructor's page of the student."""
        return self.out / "students" / f"{file_name(student)}.html"

    def feedback(self, student: StudentId) -> Path:
        """The page that the student gets."""
        return self.out / "feedback" / f"{file_name(student)}.html"

    def notebook(self, student: StudentId, path: str) -> Path:
        """An executed notebook of the student's, by its path in the workspace."""
        return self.out / "notebooks" / file_name(student) / Path(path).name


def file_name(student: StudentId) -> str:
    """A name for a student's files: letters, digits, `-`, `_` and dots inside.

    Where anything had to be changed, a digest of the student's own name follows, so that no two students share one.
    """
    plain = re.sub(r"[^\w.-]", "_", student).strip(".")[:_LONGEST_NAME]
    if plain == student and plain and not _RESERVED.fullmatch(plain):
        return plain
    digest = hashlib.sha256(student.encode()).hexdigest()[:10]
    return f"{plain}-{digest}" if not _RESERVED.fullmatch(plain) else f"_{plain}-{digest}"


def write(path: Path, data: bytes) -> None:
    """Write a file as a whole: whoever reads it sees the old bytes or the new ones.

    Raises:
        MachineError: it can't be written; what stood there before still does.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise MachineError(
            f"{path}: can't be written ({error.strerror}); make room or rights, and grade again: all that was graded is"
            " kept in the gradebook"
        ) from error
