"""The record of an exception that ended a check's body or a candidate's import: the student's frames, no others."""

from __future__ import annotations

import linecache
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from .cells import CELL
from .plain import message, text, type_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import CodeType, TracebackType

FRAMES = 20


class _Frame(NamedTuple):
    """A step of a traceback."""

    file: str  # as people name it
    line: int  # there
    code: CodeType
    source: str  # that line


def failure_record(error: BaseException, files: Mapping[str, str], check: str | None = None) -> dict[str, Any]:
    """What happened and where.

    `files` maps the file names of the candidate's code objects to how people name them; `check` is the file name of the
    check's own code.
    """
    steps = _steps(error.__traceback__)
    own = [_frame(files, code, line) for code, line in steps if code.co_filename in files]
    lines = [line for code, line in steps if code.co_filename == check]
    place = _syntax_place(error, files)
    if place is not None:
        own = []  # the way to a file that is no Python tells nothing
    else:
        place = _place(own)
    return {
        "type": type_name(error),
        "text": _text(error, place),
        "line": lines[0] if lines else None,
        "traceback": "\n".join([*_folded(map(_shown, own))[-FRAMES:], *_quoted(error, place)]),
        "place": place,
    }


def _steps(traceback: TracebackType | None) -> list[tuple[CodeType, int]]:
    steps = []
    while traceback is not None:
        steps.append((traceback.tb_frame.f_code, traceback.tb_lineno or 0))
        traceback = traceback.tb_next
    return steps


def _named(files: Mapping[str, str], file: str, line: int) -> tuple[str, int]:
    """How people name a line of a file, and its number there: in the file, or in a cell of a notebook."""
    for inside, above in enumerate(reversed(linecache.getlines(file)[:line])):
        if cell := CELL.match(above):
            return cell[1], inside
    return files[file], line


def _frame(files: Mapping[str, str], code: CodeType, line: int) -> _Frame:
    return _Frame(*_named(files, code.co_filename, line), code, linecache.getline(code.co_filename, line).strip())


def _place(own: list[_Frame]) -> dict[str, Any] | None:
    if not own:
        return None
    name, line, code, _ = own[-1]
    function = code.co_qualname.replace(".<locals>", "")
    return {"file": name, "line": line, "function": "" if function == "<module>" else text(function, 200)}


def _syntax_place(error: BaseException, files: Mapping[str, str]) -> dict[str, Any] | None:
    """Where the student's file stops being Python."""
    if not isinstance(error, SyntaxError) or not isinstance(error.filename, str) or error.filename not in files:
        return None
    name, line = _named(files, error.filename, error.lineno or 0)
    return {"file": name, "line": line, "function": ""}


def _text(error: BaseException, place: dict[str, Any] | None) -> str:
    if isinstance(error, SyntaxError) and isinstance(error.msg, str):
        # `str(error)` repeats file and line.
        above = (error.lineno or 0) - place["line"] if place else 0  # lines of the module, which the cell doesn't have
        return text(re.sub(r"(?<=\bline )\d+", lambda line: str(int(line[0]) - above), error.msg))
    return message(error)


def _folded(frames: Iterable[str]) -> list[str]:
    """The frames of a traceback; one that follows itself stands there once, with how often it came again."""
    folded = []
    for frame, again in groupby(frames):
        folded.append(frame)
        more = sum(1 for _ in again) - 1
        if more:
            folded.append(f"  [the same {more} more times]")
    return folded


def _shown(frame: _Frame) -> str:
    head = f'  File "{frame.file}", line {frame.line}, in {text(frame.code.co_qualname, 200)}'
    return f"{head}\n    {text(frame.source, 200)}" if frame.source else head


def _quoted(error: BaseException, place: dict[str, Any] | None) -> list[str]:
    """The last lines of a traceback: what was raised, and the line that is no Python."""
    told = ": ".join(filter(None, [type_name(error), _text(error, place)]))
    if not isinstance(error, SyntaxError) or place is None or not isinstance(error.text, str):
        return [told]
    return [f'  File "{place["file"]}", line {place["line"]}', f"    {text(error.text, 200).strip()}", told]
