"""The process in which student code runs at home: it answers one request after the other until it is ended.

Started as `python -P -m autograder.student.worker WORKSPACE`. It stays warm, so that an answer needs no start of
Python; whoever asks ends it when no answer comes. Student code gets empty standard streams.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from autograder.checks.desk import Desk
from autograder.checks.gather import gather
from autograder.checks.mark import NAME
from autograder.model.errors import AutograderError, CourseError
from autograder.model.ids import CheckId
from autograder.model.workspace import EXPECTED_FILE
from autograder.student.talk import (
    Answer,
    BadFile,
    Collect,
    Collected,
    Judge,
    Judged,
    Load,
    Loaded,
    Ready,
    Refused,
    Request,
)

if TYPE_CHECKING:
    from autograder.model.check import Check

ORPHAN_LIMITS = 4  # after so many time limits nobody waits for the answer any more, and the process ends itself


def main() -> None:
    """Answer the requests on standard input until it closes."""
    requests, answers = _own_streams()
    try:
        desk = Desk(Path(sys.argv[1]))
    except AutograderError as error:
        _send(answers, Refused(message=str(error)))
        return
    _send(answers, Ready(limit_s=desk.limit_s))
    for line in requests:
        faulthandler.dump_traceback_later(ORPHAN_LIMITS * desk.limit_s, exit=True)
        answer = _answer(desk, msgspec.json.decode(line, type=Request))
        faulthandler.cancel_dump_traceback_later()
        _send(answers, answer)


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The standard input and output for us alone; what student code prints or reads goes nowhere from here on."""
    ours = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return ours


def _send(answers: IO[bytes], answer: Answer) -> None:
    answers.write(msgspec.json.encode(answer) + b"\n")
    answers.flush()


def _answer(desk: Desk, request: Request) -> Answer:
    match request:
        case Collect():
            return _collected(desk)
        case Load():
            desk.reload()
            return Loaded(fault=desk.import_fault())
        case Judge(check=check):
            return Judged(verdict=desk.judge(check))


def _collected(desk: Desk) -> Collected:
    checks, bad = _checks(desk)
    expected = msgspec.json.decode((desk.root / EXPECTED_FILE).read_bytes(), type=dict[CheckId, msgspec.Raw])
    lost = expected.keys() - {check.id for check in checks}
    return Collected(checks=checks, bad_files=bad, lost=tuple(sorted(lost)))


def _checks(desk: Desk) -> tuple[tuple[Check, ...], tuple[BadFile, ...]]:
    """All checks; where one file can't be read, those of the others, and that file."""
    try:
        return desk.checks(), ()
    except CourseError:
        found, bad = [], []
        for file in sorted((desk.root / "checks").glob("test_*.py")):
            try:
                found += [desk.check(item) for item in gather([file]) if item.get_closest_marker(NAME)]
            except CourseError as error:
                bad.append(BadFile(file=file.relative_to(desk.root).as_posix(), error=str(error)))
        return tuple(found), tuple(bad)


if __name__ == "__main__":
    main()
