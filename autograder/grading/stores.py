"""Files and folders that lie elsewhere, by their URL: `s3://bucket/class`, or whatever else fsspec knows.

As much like a path as grading needs, so that what works on a folder works on a bucket. Nothing is fetched before it is
read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from autograder.model.errors import UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_PART_BYTES = 1024 * 1024
_HERE = ("file://", "local://")


@dataclass(frozen=True, slots=True, order=True)
class Remote:
    """A file or a folder in a store; it may be sent to another process."""

    url: str  # without a slash at its end
    is_folder: bool = True

    @property
    def name(self) -> str:
        """The last part of its URL."""
        return PurePosixPath(urlsplit(self.url).path or self.url).name

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return PurePosixPath(self.name).suffix

    def __truediv__(self, path: str) -> "Remote":
        return Remote(f"{self.url}/{path}", is_folder=False)

    def __str__(self) -> str:
        return self.url

    def is_dir(self) -> bool:
        """Whether it was listed as a folder."""
        return self.is_folder

    def is_file(self) -> bool:
        """Whether it was listed as a file."""
        return not self.is_folder

    def is_symlink(self) -> bool:
        """Never: stores have no links."""
        return False

    def iterdir(self) -> Iterator["Remote"]:
        """What lies in it, asked for once.

        Raises:
            OSError: it can't be read.
        """
        with _as_os_error(self.url):
            system, root = _opened(self.url)
            found = system.ls(root, detail=True)
        for each in found:
            name = PurePosixPath(each["name"]).name
            if each["name"].strip("/") != root.strip("/"):
                yield Remote(f"{self.url}/{name}", is_folder=each["type"] == "directory")

    def files(self) -> tuple[str, ...]:
        """The paths of all files below it.

        Raises:
            OSError: it can't be read.
        """
        with _as_os_error(self.url):
            system, root = _opened(self.url)
            found = system.find(root)
        return tuple(name.strip("/").removeprefix(root.strip("/")).strip("/") for name in found)

    def read_bytes(self, most_bytes: int | None = None) -> bytes:
        """Its bytes, or the first so many.

        Raises:
            OSError: it can't be read.
        """
        with _as_os_error(self.url):
            system, path = _opened(self.url)
            return bytes(system.cat_file(path, end=most_bytes))

    def fetch(self, to: Path, most_bytes: int) -> None:
        """Write its first so many bytes to a file of this machine, a part at a time.

        Raises:
            OSError: it can't be read.
        """
        with _as_os_error(self.url), to.open("wb") as file:
            system, path = _opened(self.url)
            with system.open(path, "rb") as source:
                while file.tell() < most_bytes and (part := source.read(min(_PART_BYTES, most_bytes - file.tell()))):
                    file.write(part)

    def write_bytes(self, data: bytes) -> None:
        """Write it as a whole.

        Raises:
            OSError: it can't be written.
        """
        with _as_os_error(self.url):
            system, path = _opened(self.url)
            system.makedirs(PurePosixPath(path).parent.as_posix(), exist_ok=True)
            system.pipe_file(path, data)


Place = Path | Remote


def place(text: str) -> Place:
    """What a user names: a path on this machine, or a URL.

    Raises:
        UsageError: nothing that is installed knows the URL's scheme.
    """
    if "://" not in text:
        return Path(text)
    if text.startswith(_HERE):
        return Path(unquote(text.partition("://")[2]))
    try:
        _opened(text)
    except (ImportError, ValueError) as error:
        raise UsageError(
            f"{text}: can't be opened ({error}); install what fsspec needs for it, such as s3fs, or name a folder"
        ) from error
    return Remote(text.rstrip("/"))


def _opened(url: str) -> tuple["AbstractFileSystem", str]:
    """The file system of a URL, one for all that have the same, and the path in it."""
    from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra, and slow to import, which a class on disk never needs

    return url_to_fs(url)  # type: ignore[no-any-return]


@contextmanager
def _as_os_error(url: str) -> Iterator[None]:
    """Make one kind of error of the many that stores raise."""
    try:
        yield
    except OSError as error:
        if error.strerror:
            raise
        raise OSError(0, str(error) or type(error).__name__, url) from error
    except Exception as error:
        raise OSError(0, f"{type(error).__name__}: {error}", url) from error
