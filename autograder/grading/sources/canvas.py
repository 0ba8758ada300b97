"""Canvas' download of all submissions: `lovelaceada_LATE_4711_90210_work.zip`, each file of each student by itself.

The first number is the student's, as the column ID of the gradebook has it, the second the file's, which grows with
time. A file of a name that the student handed in before is numbered: the second attempt's is `work-1.zip`.

Source: Canvas LMS, lib/content_zipper.rb.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from autograder.grading.findings import printable, problem
from autograder.grading.intake import Found
from autograder.grading.sources.source import Discovery, choose, late
from autograder.grading.stores import Place
from autograder.model.ids import StudentId
from autograder.model.language import sentence

_FILE = re.compile(
    r"(?:(?P<name>.+?)(?P<late>_LATE)?_(?P<user>\d+)|(?P<anonymous_late>LATE_)?(?P<anonymous>anon_[^\W_]+))"
    r"_(?:(?P<number>\d+)_(?P<file>.+)|(?P<typed>(?:text|link)\.html))"
)
_AGAIN = re.compile(r".*-(\d{1,3})(?:\.[^.]*)?")
_TYPED = sentence("a text or a link was handed in, and no file: hand in the whole workspace as a zip")


def canvas(entries: Sequence[Place]) -> Discovery | None:
    """The students of a download from Canvas."""
    matches = [(entry, _FILE.fullmatch(entry.name)) for entry in entries]
    named = [(entry, match) for entry, match in matches if match and entry.is_file()]
    if 2 * len(named) <= len(entries):
        return None
    known = {entry for entry, _ in named}
    notices = (
        f"{printable(entry.name)}: has no name that Canvas gives (lastname_12345_67890_file.zip), left aside: give it"
        " back the name it had in the download"
        for entry in entries
        if entry not in known
    )
    return Discovery(tuple(_found(named)), tuple(notices))


def is_canvas_name(name: str) -> bool:
    """Whether Canvas may have given a file this name."""
    return _FILE.fullmatch(name) is not None


def _found(named: Sequence[tuple[Place, re.Match[str]]]) -> Iterator[Found]:
    for student, files in groupby(sorted(named, key=_in_time), key=lambda each: _student(each[1])):
        *_, (last, match) = handed_in = list(files)
        is_late = bool(match["late"] or match["anonymous_late"])
        uploads = [(each["file"], path) for path, each in handed_in if each["file"]]
        path, findings = choose(uploads) if uploads else (None, (problem(printable(last.name), _TYPED),))
        again = _AGAIN.fullmatch(next((name for name, file in uploads if file is path), ""))
        yield Found(
            student,
            path,
            attempt=int(again[1]) + 1 if again else 1,
            is_late=is_late,
            findings=(*findings, *((late("Canvas"),) if is_late else ())),
        )


def _in_time(named: tuple[Place, re.Match[str]]) -> tuple[StudentId, int]:
    return _student(named[1]), int(named[1]["number"] or 0)


def _student(match: re.Match[str]) -> StudentId:
    return StudentId(match["anonymous"] or printable(f"{match['name']}_{match['user']}"))
