"""An executed notebook as a page shows it: its cells and what they printed, nothing of it trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from autograder.model.record import Record

MAX_TEXT = 20_000  # characters of one cell or output
MAX_IMAGE = 2_000_000  # characters of one image in base64
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # the colours of a traceback
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


class Piece(Record, frozen=True):
    """A part of a notebook: text of some kind, or a PNG image in base64."""

    kind: Literal["markdown", "code", "output", "error", "image"]
    text: str


def pieces(notebook: bytes) -> tuple[Piece, ...]:
    """The cells and outputs of a notebook in order; what isn't understood is left out."""
    return tuple(piece for cell in cells(notebook) for piece in _cell(cell) if piece.text.strip())


def cells(notebook: bytes) -> list[Mapping[str, Any]]:
    """The cells of a notebook in order, as far as there are any."""
    try:
        read = msgspec.json.decode(notebook)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    return _items(read, "cells")


def text_of(cell: Mapping[str, Any]) -> str:
    """What stands in a cell."""
    return _text(cell.get("source"))


def _cell(cell: Mapping[str, Any]) -> Iterator[Piece]:
    """A cell and its outputs."""
    yield Piece(kind="code" if cell.get("cell_type") == "code" else "markdown", text=text_of(cell))
    for output in _items(cell, "outputs"):
        yield _output(output)


def _output(output: Mapping[str, Any]) -> Piece:
    """An output as an image where it has one, else as text."""
    if output.get("output_type") == "error":
        return Piece(kind="error", text=ESCAPES.sub("", _text(output.get("traceback"), "\n")))
    data = output.get("data")
    if not isinstance(data, Mapping):
        return Piece(kind="output", text=ESCAPES.sub("", _text(output.get("text"))))
    image = data.get("image/png")
    if isinstance(image, str) and len(image) <= MAX_IMAGE and BASE64.fullmatch(image):
        return Piece(kind="image", text=image)
    return Piece(kind="output", text=ESCAPES.sub("", _text(data.get("text/plain"))))


def _items(holder: Any, name: str) -> list[Mapping[str, Any]]:
    """A list of objects under a name, as far as there is one."""
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def _text(value: Any, joint: str = "") -> str:
    """Text that may be written as a list of its lines."""
    lines = value if isinstance(value, list) else [value]
    return joint.join(line for line in lines if isinstance(line, str))[:MAX_TEXT]
