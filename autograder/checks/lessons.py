"""The functions that a student wrote in a lesson's notebook, as a module that checks can import."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from autograder.model.errors import UsageError
from autograder.model.language import sentence, translate
from autograder.probe.failure import CELL_MARK

if TYPE_CHECKING:
    from autograder.model.ids import Language

CELL = sentence("{notebook}, cell {number}")


class _Metadata(msgspec.Struct):
    exercise: str | None = None


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] = ""
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


def lesson_module(notebook: bytes, path: str, package: str, language: Language) -> bytes:
    """The source of `lessons.<stem>`: two imports, then the exercise cells of the notebook at `path` in order.

    Above each stands a comment that names it, in words of the language, as what is raised there will.

    Raises:
        UsageError: the file is not a notebook.
    """
    try:
        cells = msgspec.json.decode(notebook, type=_Notebook).cells
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"this is not a notebook: {error}") from error
    written = [
        f"{CELL_MARK}{translate(CELL, language, {'notebook': path, 'number': str(number)})}\n{''.join(cell.source)}"
        for number, cell in enumerate(cells, 1)
        if cell.cell_type == "code" and cell.metadata.exercise
    ]
    return "\n\n".join([f"import {package} as torch\nimport numpy as np", *written, ""]).encode()


def lesson_path(notebook: str) -> str:
    """Where that module lies: "lessons/first_graph.py" for "lessons/01_first_graph.ipynb", or for a cell of it."""
    stem = re.sub(r"^\d+_", "", PurePosixPath(notebook).stem)
    return f"lessons/{stem}.py"
