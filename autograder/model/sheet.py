"""A table as a spreadsheet or a learning platform writes it: bytes become rows of text, and rows bytes again."""

from __future__ import annotations

import codecs
import csv
import io
import re

from autograder.model.errors import UsageError
from autograder.model.record import Record

_DELIMITERS = (",", ";", "\t")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HIGH = re.compile(rb"[a-z]?[\x80-\xff]+[a-z]?")  # bytes that are no ASCII, with what they touch
_PAIRS = re.compile(rb"(?:[\x80-\xff]{2})+")
_REMEDY = "save it as CSV in UTF-8"
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet takes for the start of a formula


class Sheet(Record, frozen=True):
    """Rows of cells, and how they were written."""

    rows: tuple[tuple[str, ...], ...]
    delimiter: str = ","
    newline: str = "\n"
    has_mark: bool = False  # begins with UTF-8's byte order mark

    def written(self) -> bytes:
        """The table as bytes, in UTF-8 whatever it came in, else as it was written."""
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.newline).writerows(self.rows)
        return text.getvalue().encode("utf-8-sig" if self.has_mark else "utf-8")


def read_sheet(data: bytes, name: str) -> Sheet:
    """The table in a CSV file called `name`: commas, semicolons or tabs between its cells.

    It is UTF-8, UTF-16, or one of the two that Windows' spreadsheets write besides: Western (1252), Chinese (GB 18030).

    Raises:
        UsageError: it is in another encoding, is no table, or is empty.
    """
    text = _decoded(data, name)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=lambda each: len(next(csv.reader([first], delimiter=each), ())))
    try:
        rows = tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row)
    except csv.Error as error:
        raise UsageError(f"{name}: is no CSV table ({error}); {_REMEDY}") from error
    if not rows:
        raise UsageError(f"{name}: is empty; {_REMEDY}, with a row of headings")
    newline = "\r\n" if first.endswith("\r") else "\n"
    return Sheet(rows=rows, delimiter=delimiter, newline=newline, has_mark=data.startswith(codecs.BOM_UTF8))


def inert(text: str) -> str:
    """Text on one line that no spreadsheet runs: where it looks like a formula, it starts with an apostrophe."""
    line = " ".join(text.splitlines())
    return f"'{line}" if line.lstrip().startswith(_FORMULA) else line


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(_WIDE):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", *(["gb18030"] if _is_chinese(data) else []), "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(
        f"{name}: its text can't be read, being neither UTF-8, UTF-16, Windows-1252 nor GB 18030; {_REMEDY}"
    )


def _is_chinese(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 look like Chinese: two for each sign, and few of them inside a Latin word."""
    runs = _HIGH.findall(data)
    return 2 * sum(len(run) for run in runs if _PAIRS.fullmatch(run)) >= sum(map(len, runs))
