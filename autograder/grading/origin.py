"""Where a run came from, kept in its folder, so that it can be done again."""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from autograder.gradebook.opening import without_password
from autograder.gradebook.store import file_url
from autograder.grading.places import GRADEBOOK, ORIGIN, write
from autograder.grading.stores import Place
from autograder.model.course import Course
from autograder.model.errors import UsageError
from autograder.model.kernel import KernelName
from autograder.model.record import Record


class Origin(Record, frozen=True):
    """What `autograder grade` was given: paths of this machine, or URLs; and of which course it was."""

    submissions: str
    course: str = ""  # its id
    roster: str | None = None
    lang: str | None = None
    kernel: KernelName | None = None  # None: the course's
    gradebook: str | None = None  # None: in the folder


def remember(out: Place, origin: Origin) -> None:
    """Keep an origin in the folder of a run, so that it holds wherever one stands, and without a password.

    Raises:
        UsageError: the gradebook's URL is none.
        MachineError: it can't be written.
    """
    kept = replace(
        origin,
        submissions=_absolute(origin.submissions),
        roster=_absolute(origin.roster) if origin.roster else None,
        gradebook=without_password(origin.gradebook) if origin.gradebook else None,
    )
    write(out / ORIGIN, msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")


def require_course(run: Place, course: Course) -> None:
    """See that a run is of this course, if it is one already: under another's checks everybody would have nothing.

    Raises:
        UsageError: it is another's.
    """
    known = _kept(run)
    if known and known.course not in {"", course.id}:
        raise UsageError(
            f'{run}: is of the course "{known.course}", and not of "{course.id}": name the folder of the course with'
            " --course, or that of another run"
        )


def origin_of(run: Path, submissions: str | None = None) -> Origin:
    """Where a run came from, with the submissions where they lie now, if that is said.

    Raises:
        UsageError: its folder doesn't say, nor does the caller.
    """
    if known := _kept(run):
        return replace(known, submissions=submissions) if submissions else known
    if submissions is None:
        raise UsageError(f"{run}: doesn't say where its submissions lie; name their folder with --submissions")
    return Origin(submissions=submissions)


def gradebook_in(run: Path) -> str:
    """The URL of a run's gradebook: the server's that it was graded with, else the folder's own.

    Raises:
        UsageError: the folder knows of none.
    """
    origin = _kept(run)
    if origin and origin.gradebook:
        return origin.gradebook
    if not (run / GRADEBOOK).is_file():
        raise UsageError(
            f"{run}: holds no gradebook; name the folder that `autograder grade` wrote with --out, or the gradebook"
            " with --gradebook"
        )
    return file_url(run / GRADEBOOK)


def language_in(run: Path) -> str | None:
    """The language that a run's own pages were asked for in; None where none was, which is the course's first."""
    origin = _kept(run)
    return origin.lang if origin else None


def _kept(run: Place) -> Origin | None:
    try:
        return msgspec.json.decode((run / ORIGIN).read_bytes(), type=Origin)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _absolute(path: str) -> str:
    return path if "://" in path else str(Path(path).absolute())
