"""What a student handed in, a folder or a zip, as names of files that can be read up to a size.

Nothing is ever unpacked to disk, and no link is followed: a link could lead to the solutions.
"""

import os
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path, PurePosixPath
from typing import Protocol

from autograder.grading.findings import note, problem
from autograder.grading.stores import Place, Remote
from autograder.model.errors import MachineError
from autograder.model.language import sentence
from autograder.model.submission import Finding
from autograder.model.workspace import COURSE_FILE

MOST_FILES = 50_000  # a submission with a virtual environment in it has fewer
ZIP_MIB = 512
_CLUTTER = frozenset({"__MACOSX", "__pycache__", "node_modules", "site-packages", "venv", "env"})
_OURS = PurePosixPath(COURSE_FILE).parts[0]  # hidden, but no clutter
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound on memory
_ENTRY = rb"PK\x01\x02"  # begins each entry of a zip's table of contents
_MEMBER_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class Tree(Protocol):
    """The files of a submission.

    Attributes:
        names: their paths, with "/" between the parts; clutter that systems and tools leave is not among them.
        findings: what is worth saying about the whole.
    """

    names: tuple[str, ...]
    findings: tuple[Finding, ...]

    def read(self, name: str, most_bytes: int) -> bytes | Finding:
        """A file's bytes, or why it can't be had."""


@contextmanager
def opened(path: Place) -> Iterator[Tree | Finding]:
    """The tree of a folder or a zip, or the finding that says why it can't be looked into.

    Raises:
        MachineError: it is not there.
        OSError: it lies elsewhere, and can't be read.
    """
    if isinstance(path, Remote):
        yield from _opened_remote(path)
    elif path.is_symlink():
        message = sentence("{file} is a link, and links are not followed: put the folder or the zip itself there")
        yield problem(path.name, message)
    elif path.is_dir():
        yield _Folder(path)
    elif not path.exists():
        raise MachineError(
            f"{path}: is not there any more, or not on the machine that grades; put the submissions where every worker"
            " finds them by the same path, or name them by a URL"
        )
    elif path.suffix.lower() != ".zip":
        yield problem(path.name, sentence("{file} is an archive that can't be read: hand in a folder or a zip"))
    else:
        yield from _opened_zip(path)


def _opened_remote(path: Remote) -> Iterator[Tree | Finding]:
    if path.is_dir():
        yield _RemoteFolder(path)
        return
    with tempfile.TemporaryDirectory(prefix="submission-") as folder:
        copy = Path(folder) / path.name
        is_zip = path.suffix.lower() == ".zip"
        path.fetch(copy, ZIP_MIB * 1024 * 1024 + 1 if is_zip else 0)
        with opened(copy) as tree:
            yield tree


def _opened_zip(path: Path) -> Iterator[Tree | Finding]:
    if (trouble := _zip_trouble(path)) is not None:
        yield trouble
        return
    try:
        archive = zipfile.ZipFile(path)
    except (*_MEMBER_ERRORS, ValueError) as error:
        message = sentence("{file} is damaged or no zip ({error}): make the zip anew, and open it once to see")
        yield problem(path.name, message, error=str(error))
        return
    with archive:
        yield _Zip(path.name, archive)


def _zip_trouble(path: Path) -> Finding | None:
    """Why a zip should not even be opened: its table of contents alone would fill the memory."""
    try:
        size = path.stat().st_size
        if size > ZIP_MIB * 1024 * 1024:
            message = sentence("{file} is larger than {most} MiB: zip the workspace alone")
            return problem(path.name, message, most=str(ZIP_MIB))
        if size == 0:
            return problem(path.name, sentence("{file} is empty: make the zip anew"))
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            entries = sum(1 for _ in re.finditer(_ENTRY, content))
    except OSError as error:
        return _unreadable(path.name, error)
    if entries > MOST_FILES:
        message = sentence("{file} holds more than {most} files: zip the workspace alone")
        return problem(path.name, message, most=str(MOST_FILES))
    return None


class _Folder:
    def __init__(self, root: Path) -> None:
        self._root = root
        self.findings: tuple[Finding, ...] = ()
        names: dict[str, bool] = {}
        for name, is_link in _walk(root):
            if len(names) == MOST_FILES:
                self.findings += _too_many(root.name)
                break
            names[name] = is_link
        self.names = tuple(sorted(name for name, is_link in names.items() if not is_link))
        links = sorted(name for name, is_link in names.items() if is_link)
        self.findings += _links(links, root.name)

    def read(self, name: str, most_bytes: int) -> bytes | Finding:
        """A file's bytes, or why it can't be had."""
        try:
            descriptor = os.open(self._root / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor, opened so that no link is followed
                return _sized(name, file.read(most_bytes + 1) or b"", most_bytes)
        except OSError as error:
            return _unreadable(name, error)


class _RemoteFolder:
    """A folder in a store; that it can't be read is no student's fault, and no finding."""

    def __init__(self, root: Remote) -> None:
        self._root = root
        names = sorted(name for name in root.files() if not _is_clutter(name))
        self.names = tuple(names[:MOST_FILES])
        self.findings: tuple[Finding, ...] = _too_many(root.name) if len(names) > MOST_FILES else ()

    def read(self, name: str, most_bytes: int) -> bytes | Finding:
        """A file's bytes, or why it can't be had."""
        return _sized(name, (self._root / name).read_bytes(most_bytes + 1), most_bytes)


class _Zip:
    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members: dict[str, zipfile.ZipInfo] = {}
        links, outside = [], []
        for member in archive.infolist():
            path = member.filename.replace("\\", "/")
            if _leads_outside(path):
                outside.append(path)
            elif stat.S_ISLNK(member.external_attr >> 16):
                links.append(path)
            elif not member.is_dir() and not _is_clutter(path):
                self._members[path] = member
        self.names = tuple(sorted(self._members))
        self.findings = (*_outside(outside, name), *_links(links, name))

    def read(self, name: str, most_bytes: int) -> bytes | Finding:
        """A file's bytes, or why it can't be had."""
        member = self._members[name]
        if member.flag_bits & 0x1:
            return problem(name, sentence("{file} is encrypted: zip it without a password"))
        if member.compress_type not in _READABLE:
            return problem(name, sentence("{file} is packed by an unusual method: zip it with the ordinary one"))
        try:
            with self._archive.open(member) as file:
                return _sized(name, file.read(most_bytes + 1), most_bytes)
        except _MEMBER_ERRORS as error:
            message = sentence("{file} can't be unpacked ({error}): make the zip anew, and open it once to see")
            return problem(name, message, error=str(error))


def _walk(root: Path) -> Iterator[tuple[str, bool]]:
    """Each file below a folder by its path, and whether it is a link; folders that are clutter are not entered."""
    for folder, folders, files in os.walk(root):
        base = Path(folder)
        folders[:] = sorted(name for name in folders if not _is_clutter(name))
        for path in (base / name for name in (*folders, *sorted(files)) if not _is_clutter(name)):
            is_link = path.is_symlink()
            if is_link or path.is_file():
                yield path.relative_to(root).as_posix(), is_link


def _is_clutter(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return any(part in _CLUTTER or (part.startswith(".") and part != _OURS) for part in parts)


def _leads_outside(path: str) -> bool:
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def _too_many(name: str) -> tuple[Finding, ...]:
    message = sentence("the folder {file} holds more than {most} files: the rest was not looked at")
    return (note(name, message, most=str(MOST_FILES)),)


def _sized(name: str, data: bytes, most_bytes: int) -> bytes | Finding:
    if len(data) <= most_bytes:
        return data
    message = sentence("{file} is larger than {most} KiB: take out what does not belong there")
    return problem(name, message, most=str(most_bytes // 1024))


def _unreadable(name: str, error: OSError) -> Finding:
    return problem(
        name, sentence("{file} can't be read ({error}): hand it in again"), error=error.strerror or str(error)
    )


def _outside(names: list[str], file: str) -> tuple[Finding, ...]:
    message = sentence(
        "{file} holds names that lead out of it ({count}, such as {first}), left aside: zip the folder itself"
    )
    return (problem(file, message, count=str(len(names)), first=names[0]),) if names else ()


def _links(names: list[str], file: str) -> tuple[Finding, ...]:
    message = sentence(
        "{file} holds links ({count}, such as {first}), which are not followed: hand in the files themselves"
    )
    return (problem(file, message, count=str(len(names)), first=names[0]),) if names else ()
