"""The functions that a student wrote in a lesson's notebook, as a module that checks can import."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from autograder.model.errors import UsageError
from autograder.model.language import sentence, translate
from autograder.probe.cells import CELL_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.model.ids import ExerciseId, Language

CELL = sentence("{notebook}, cell {number}")


class _Metadata(msgspec.Struct):
    exercise: str | None = None


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] = ""
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


def lesson_module(
    notebook: bytes,
    path: str,
    package: str,
    language: Language,
    functions: Mapping[ExerciseId, str] = MappingProxyType({}),
) -> bytes:
    """The source of `lessons.<stem>`: two imports, then the exercise cells of the notebook at `path` in order.

    Above each stands a comment that names it, in words of the language, as what is raised there will. `functions` are
    those of the exercises, by which cells without a mark are known.

    Raises:
        UsageError: the file is not a notebook.
    """
    try:
        cells = msgspec.json.decode(notebook, type=_Notebook).cells
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"this is not a notebook: {error}") from error
    codes = [cell if cell.cell_type == "code" else _Cell("code") for cell in cells]
    texts = ["".join(cell.source) for cell in codes]
    marks = cell_exercises([cell.metadata.exercise for cell in codes], texts, functions)
    written = [
        f"{CELL_MARK}{translate(CELL, language, {'notebook': path, 'number': str(number)})}\n{text}"
        for number, (exercise, text) in enumerate(zip(marks, texts, strict=True), 1)
        if exercise
    ]
    return "\n\n".join([f"import {package} as torch\nimport numpy as np", *written, ""]).encode()


def cell_exercises(
    marks: Sequence[str | None], texts: Sequence[str], functions: Mapping[ExerciseId, str]
) -> tuple[str | None, ...]:
    """The exercise of each cell: by its mark, or by the function that it defines.

    Where an exercise's mark is on no cell, as after an editor that loses marks, the last that defines its function is
    taken. `functions` are those of the exercises.
    """
    found = list(marks)
    for exercise in [exercise for exercise in functions if exercise not in marks]:
        defines = re.compile(rf"^(?:async )?(?:def|class) {re.escape(functions[exercise])}\b", re.MULTILINE).search
        places = [place for place, text in enumerate(texts) if found[place] is None and defines(text)]
        if places:
            found[places[-1]] = exercise
    return tuple(found)


def lesson_path(notebook: str) -> str:
    """Where that module lies: "lessons/first_graph.py" for "lessons/01_first_graph.ipynb", or for a cell of it."""
    stem = re.sub(r"^\d+_", "", PurePosixPath(notebook).stem)
    return f"lessons/{stem}.py"
