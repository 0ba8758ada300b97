"""What a cell puts out, in order and sized: printed text, rich displays, results and errors."""

from __future__ import annotations

import base64
import io
import json
import os
from contextlib import suppress
from typing import Any

DESCRIPTORS = {"stdout": 1, "stderr": 2}
RICH_BYTES = 1024 * 1024  # of one picture or table
RICH_ALL_BYTES = 8 * RICH_BYTES  # of all in one cell
ABOUT_BYTES = 16 * 1024  # of what is said about one picture or table
MESSAGES = 1_000  # in one cell


class Outputs:
    """The outputs of one cell, as records that `notebook.py` reads."""

    def __init__(self, text_bytes: int) -> None:
        self.records: list[dict[str, Any]] = []
        self._text_bytes = text_bytes
        self._text_left = text_bytes
        self._rich_left = RICH_ALL_BYTES
        self._descriptors = {name: _Descriptor(number) for name, number in DESCRIPTORS.items()}

    def print(self, name: str, text: str) -> None:
        """Add printed text, as much as may still come; a last line says where it was cut."""
        self.drain()
        self._print(name, text)

    def rich(self, kind: str, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        """Add a display or a result, its forms as strings; what is too large is named by its size."""
        self.drain()
        forms = {mime: self._sized(mime, value) for mime, value in data.items()}
        about = json.dumps(metadata or {}, default=str)
        self._add({"type": kind, "data": forms, "metadata": about if len(about) <= ABOUT_BYTES else "{}", **more})

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        """Add what a cell raised."""
        self.drain()
        lines = [line[: self._text_bytes] for line in traceback[-100:]]
        self._add({"type": "error", "ename": name[:200], "evalue": value[:4000], "traceback": lines})

    def clear(self, *, is_late: bool) -> None:
        """Take back what was put out so far, at once or when the next output comes."""
        self.drain()
        self._add({"type": "clear_output", "wait": is_late})

    def drain(self) -> None:
        """Add what was written past Python, to the file descriptors, since the last time."""
        for name, descriptor in self._descriptors.items():
            if (text := descriptor.read(self._text_left + 1)) is not None:
                self._print(name, text)

    def _print(self, name: str, text: str) -> None:
        if self._text_left < 0 or not text:
            return
        data = text[: self._text_left + 1].encode("utf-8", "replace")
        kept = data[: self._text_left].decode("utf-8", "ignore")
        self._text_left -= len(data)
        if self._text_left < 0:
            kept += f"\n[output cut after {self._text_bytes} bytes]\n"
        last = self.records[-1] if self.records else {}
        if last.get("type") == "stream" and last["name"] == name:
            last["parts"].append(kept)
        else:
            self._add({"type": "stream", "name": name, "parts": [kept]})

    def _sized(self, mime: str, value: Any) -> str:
        text = _text(value)
        if len(text) > min(RICH_BYTES, self._rich_left):
            return f"[{mime} of {len(text)} bytes left out: too large]"
        self._rich_left -= len(text)
        return text

    def _add(self, record: dict[str, Any]) -> None:
        if len(self.records) < MESSAGES:
            self.records.append(record)

    def finished(self) -> list[dict[str, Any]]:
        """All records, ready to be sent."""
        self.drain()
        for record in self.records:
            if record["type"] == "stream":
                record["text"] = "".join(record.pop("parts"))
        return self.records


def _text(value: Any) -> str:
    """A form of a display as JSON can carry it: text itself, bytes in base 64, anything else as JSON."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value if isinstance(value, str) else json.dumps(value)


class Stream(io.TextIOBase):
    """What student code knows as `sys.stdout` or `sys.stderr`."""

    def __init__(self, name: str) -> None:
        self.outputs: Outputs | None = None
        self._name = name
        self._home = os.getpid()

    encoding = "utf-8"

    def writable(self) -> bool:
        """It can be printed to."""
        return True

    def fileno(self) -> int:
        """The descriptor under it, whose text is captured as well."""
        return DESCRIPTORS[self._name]

    def write(self, text: str) -> int:
        """Pass printed text on to the cell that is running; from a process that it started, by the descriptor."""
        if os.getpid() != self._home:
            write_all(self.fileno(), text)
        elif self.outputs is not None:
            self.outputs.print(self._name, text)
        return len(text)


def capture_descriptors() -> None:
    """Let file descriptors 1 and 2 write into memory, where `Outputs.drain` finds it."""
    for number in DESCRIPTORS.values():
        memory = os.memfd_create("output", 0)
        os.dup2(memory, number)
        os.close(memory)


def forget_written() -> None:
    """Drop what was written to the file descriptors and not yet read."""
    for number in DESCRIPTORS.values():
        _Descriptor(number).read(1)


def write_all(descriptor: int, text: str) -> None:
    """Write a text past Python."""
    data = memoryview(text.encode("utf-8", "replace"))
    while data:
        data = data[os.write(descriptor, data) :]


class _Descriptor:
    """A captured file descriptor, emptied whenever it is read."""

    def __init__(self, number: int) -> None:
        self._number = number

    def read(self, size: int) -> str | None:
        """What was written, up to a size; None where nothing was."""
        with suppress(OSError):
            if (written := os.fstat(self._number).st_size) == 0:
                return None
            data = os.pread(self._number, min(max(size, 1), written), 0)
            os.ftruncate(self._number, 0)
            os.lseek(self._number, 0, os.SEEK_SET)
            return data.decode("utf-8", "replace")
        return None
