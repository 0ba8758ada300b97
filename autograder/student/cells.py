"""A notebook that a student worked in and the course's newer one become one, cell by cell.

A course's cell is known by its exercise, else by its id, else by its text: editors that lose ids keep the rest. Where
an exercise's mark was lost, its function tells. Cells of the student's own stay behind the cell that they stood behind.
"""

from __future__ import annotations

import re
from itertools import chain, count
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.checks.lessons import cell_exercises
from autograder.model.ids import ExerciseId
from autograder.model.record import Record
from autograder.student.merging import Clash, merge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Cell = dict[str, Any]


class CellClash(Record, frozen=True):
    """A clash, and the cell it is in: its exercise, or else its id."""

    cell: str
    clash: Clash


class MergedNotebook(Record, frozen=True):
    """One notebook of two."""

    data: bytes
    clashes: tuple[CellClash, ...] = ()


def merge_notebook(base: bytes, mine: bytes, newer: bytes) -> MergedNotebook:
    """The merger of two notebooks that come from one base.

    Raises:
        ValueError: one of them is no notebook of version 4.
    """
    notebooks = [_read(data) for data in (base, mine, newer)]
    was, is_, will = (notebook["cells"] for notebook in notebooks)
    is_ = _marked(is_, was)
    places = _places(is_, was)
    merger = _Merger(
        was={_name(cell): cell for cell in was},
        mine={place: cell for cell, place in zip(is_, places, strict=True) if place},
    )
    own = _own(is_, places, merger, will)
    cells = [*own.get(None, ()), *(each for cell in will for each in (merger.cell(cell), *own.get(_name(cell), ())))]
    whole = {**notebooks[1], "cells": cells, "nbformat_minor": notebooks[2].get("nbformat_minor", 5)}
    data = msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"
    return MergedNotebook(data=data, clashes=tuple(merger.clashes))


class _Merger:
    """The cells of the three notebooks by name, and the clashes met so far."""

    def __init__(self, was: Mapping[str, Cell], mine: Mapping[str, Cell]) -> None:
        self._was, self._mine = was, mine
        self.clashes: list[CellClash] = []

    def cell(self, newer: Cell) -> Cell:
        """The newer notebook's cell with what the student made of it."""
        name = _name(newer)
        if name not in self._mine or name not in self._was:
            return newer
        mine = self._mine[name]
        merged = merge(_text(self._was[name]), _text(mine), _text(newer))
        self.clashes += [CellClash(cell=name, clash=clash) for clash in merged.clashes]
        if merged.text == _text(mine):  # so that what it put out is still right
            return {**mine, "id": newer["id"], "metadata": newer.get("metadata", {})}
        return {**newer, "source": merged.text.splitlines(keepends=True)}

    def is_changed(self, name: str) -> bool:
        """Whether the student changed a cell of the course."""
        return _text(self._mine[name]) != _text(self._was[name])


def _marked(cells: Sequence[Cell], theirs: Sequence[Cell]) -> list[Cell]:
    """The cells, with the marks of exercises that an editor lost."""
    functions = {
        ExerciseId(_exercise(cell)): defined[1]
        for cell in theirs
        if _exercise(cell) and (defined := re.search(r"^(?:def|class) (\w+)", _text(cell), re.MULTILINE))
    }
    texts = [_text(cell) if cell.get("cell_type") == "code" else "" for cell in cells]
    marks = cell_exercises([_exercise(cell) or None for cell in cells], texts, functions)
    return [
        {**cell, "metadata": {**cell.get("metadata", {}), "exercise": mark}} if mark else cell
        for cell, mark in zip(cells, marks, strict=True)
    ]


def _own(
    cells: Iterable[Cell], places: Iterable[str | None], merger: _Merger, newer: Sequence[Cell]
) -> dict[str | None, list[Cell]]:
    """The cells to keep besides the course's, by the name of the course's cell that they stand behind.

    They are the student's own, and those which the course dropped though the student had changed them.
    """
    names, taken = {_name(cell) for cell in newer}, {str(cell["id"]) for cell in newer}
    own: dict[str | None, list[Cell]] = {}
    behind = None
    for cell, place in zip(cells, places, strict=True):
        if place in names:
            behind = place
        elif place is None or merger.is_changed(place):
            metadata = {key: value for key, value in cell.get("metadata", {}).items() if key != "exercise"}
            own.setdefault(behind, []).append({**cell, "id": _free(cell, taken), "metadata": metadata})
    return own


def _free(cell: Cell, taken: set[str]) -> str:
    """The cell's id, or one like it that no other has; it is taken then."""
    wanted = str(cell.get("id") or "own")[:48]
    numbered = (f"{wanted}-{number}" for number in count(2))
    found = next(name for name in chain([wanted], numbered) if name not in taken)
    taken.add(found)
    return found


def _places(cells: Sequence[Cell], theirs: Sequence[Cell]) -> list[str | None]:
    """For each cell, the name of the course's cell that it is, the last of several; None for a student's own."""
    names = {_name(cell) for cell in theirs}
    by_text = {_text(cell): _name(cell) for cell in theirs}
    places: list[str | None] = []
    for cell in reversed(cells):
        name = _name(cell) if _name(cell) in names else by_text.get(_text(cell))
        places.append(None if name in places else name)
    return places[::-1]


def _name(cell: Cell) -> str:
    return _exercise(cell) or str(cell.get("id", ""))


def _exercise(cell: Cell) -> str:
    return str(cell.get("metadata", {}).get("exercise") or "")


def _text(cell: Cell) -> str:
    return "".join(cell.get("source", ""))


def _read(data: bytes) -> dict[str, Any]:
    notebook = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=dict[str, Any])
    cells = notebook.get("cells")
    if notebook.get("nbformat") != 4 or not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        raise ValueError("it is no notebook of version 4")
    return notebook


def _is_cell(cell: object) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("metadata", {}), dict):
        return False
    source = cell.get("source", "")
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))
