"""What a source is: something that knows one way in which submissions come together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.findings import note, problem
from autograder.grading.intake import Found
from autograder.grading.stores import Place
from autograder.model.ids import StudentId
from autograder.model.language import sentence
from autograder.model.submission import Finding

ARCHIVES = frozenset({".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"})
_LATE = sentence("handed in late, as {platform} says")


@dataclass(frozen=True, slots=True)
class Discovery:
    """What lies in a folder of submissions."""

    submissions: tuple[Found, ...]
    notices: tuple[str, ...] = ()  # to the instructor, a sentence each: what was left aside, and why
    missing: tuple[StudentId, ...] = ()  # who stands on the roster, and handed in nothing


Source = Callable[[Sequence[Place]], Discovery | None]  # given a folder's visible entries; None: not my way


def visible(folder: Place) -> list[Place]:
    """What lies in a folder, by name, without what is hidden and what a Mac adds."""
    return sorted(
        (entry for entry in folder.iterdir() if not entry.name.startswith((".", "__MACOSX"))),
        key=lambda entry: entry.name,
    )


def is_archive(path: Place) -> bool:
    """Whether a file's name says that others are packed in it."""
    return path.suffix.lower() in ARCHIVES


def choose(files: Sequence[tuple[str, Place]]) -> tuple[Place | None, tuple[Finding, ...]]:
    """Of the files that a student handed in (by the student's own names) the one to look into: the last archive."""
    archives = [(name, path) for name, path in files if is_archive(Path(name))]
    if not archives:
        return None, (problem(files[-1][0], sentence("{file} is no zip: hand in the whole workspace as a zip")),)
    name, path = archives[-1]
    if len(archives) == 1:
        return path, ()
    message = sentence("{count} archives were handed in; {file}, the last, was looked into: hand in one")
    return path, (note(name, message, count=str(len(archives))),)


def late(platform: str) -> Finding:
    """The note on a submission that came late."""
    return note("", _LATE, platform=platform)
