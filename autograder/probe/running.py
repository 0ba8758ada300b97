"""One check run on one candidate: a task in, a transcript out, both plain JSON."""

from __future__ import annotations

import io
import zlib
from contextlib import redirect_stderr, redirect_stdout
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .failure import failure_record
from .observer import Observer

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from .loading import Candidate

OUTPUT_BYTES = 64 * 1024


def run(task: dict[str, Any], candidate: Candidate, output_bytes: int = OUTPUT_BYTES) -> dict[str, Any]:
    """The transcript of a task {id, source, function, arguments, seed}; whatever the body raises is part of it."""
    observer, output = Observer(), _Output(output_bytes)
    failure = candidate.failure
    if failure is None:
        with redirect_stdout(output), redirect_stderr(output):
            failure = _attempt(task, candidate, observer)
    return {
        "entries": list(observer.entries),
        "failure": failure,
        "is_cut": observer.is_cut,
        "output": output.kept(),
    }


def random_numbers(seed: int, check_id: str) -> Any:
    """The generator that a check knows as `rng`: another one for each check and seed."""
    from numpy.random import default_rng  # noqa: PLC0415 - only a check that asks for numbers needs numpy

    return default_rng([seed, zlib.crc32(check_id.encode())])


def _attempt(task: dict[str, Any], candidate: Candidate, observer: Observer) -> dict[str, Any] | None:
    name = f"<check {task['id'].partition('[')[0]}>"  # all parameters of a check have one code
    try:
        body = _body(task["source"], task["function"], name)
        wanted = body.__code__.co_varnames[: body.__code__.co_argcount]
        given: dict[str, Any] = {"torch": candidate.module, "see": observer, **task["arguments"]}
        if "rng" in wanted:
            given["rng"] = random_numbers(task["seed"], task["id"])
        body(**{key: given[key] for key in wanted})
    except BaseException as error:  # noqa: BLE001 - student code ran: whatever it raised is its answer
        return failure_record(error, candidate.files, name)
    return None


def _body(source: str, function: str, name: str) -> Callable[..., None]:
    scope: dict[str, Any] = {"__name__": "check"}
    exec(_code(source, name), scope)  # noqa: S102 - the check, written by the author
    body: Callable[..., None] = scope[function]
    return body


@lru_cache(maxsize=1)  # a check's parameters follow each other
def _code(source: str, name: str) -> CodeType:
    return compile(source, name, "exec", dont_inherit=True)


class _Output(io.TextIOBase):
    """Keeps what is printed up to a number of bytes, then says that it stopped."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._parts: list[str] = []
        self._left = size

    def writable(self) -> bool:
        """It can be printed to."""
        return True

    def write(self, printed: str) -> int:
        """Keep as much as still fits; longer text is not even copied."""
        if self._left > 0:
            data = str.__getitem__(printed, slice(0, self._left + 1)).encode("utf-8", "replace")
            self._parts.append(data[: self._left].decode("utf-8", "ignore"))
            self._left -= len(data)
        elif printed:
            self._left = -1
        return str.__len__(printed)

    def kept(self) -> str:
        """What was printed; where something is missing, a last line says so."""
        note = f"\n[cut after {self._size} bytes]" if self._left < 0 else ""
        return "".join(self._parts) + note
