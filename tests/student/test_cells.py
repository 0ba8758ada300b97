"""A notebook that was worked in and a newer one become one, cell by cell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.student.cells import CellClash, merge_notebook
from autograder.student.merging import Clash

STUB = "def half(n):\n    raise NotImplementedError"
DONE = "def half(n):\n    return n // 2"


def cell(name: str | None, source: str | list[str], exercise: str | None = None, kind: str = "code") -> dict[str, Any]:
    """A cell with an id, if it has one."""
    about = {"exercise": exercise} if exercise else {}
    return {"cell_type": kind, "metadata": about, "source": source, **({"id": name} if name else {})}


def notebook(*cells: dict[str, Any], **head: Any) -> bytes:
    """A notebook of these cells."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **head}).encode()


BASE = [cell("title", "# Old", kind="markdown"), cell("half", STUB, "play.half"), cell("show", "print(half(8))")]
NEWER = [
    cell("title", "# New", kind="markdown"),
    cell("fresh", "x = 1"),
    cell("half", STUB.replace("n):", 'n):\n    """Half."""'), "play.half"),
    cell("show", "print(half(8))"),
]


def merged(mine: list[dict[str, Any]], newer: list[dict[str, Any]] = NEWER) -> list[tuple[str, str]]:
    """The ids and texts of the merged notebook, which must not clash."""
    result = merge_notebook(notebook(*BASE), notebook(*mine), notebook(*newer))
    assert result.clashes == ()
    return [(one["id"], "".join(one["source"])) for one in json.loads(result.data)["cells"]]


WANTED = [
    ("title", "# New"),
    ("fresh", "x = 1"),
    ("half", 'def half(n):\n    """Half."""\n    return n // 2'),
    ("show", "print(half(8))"),
]


def test_answers_stay_and_texts_are_new() -> None:
    """The course's new cells stand where it put them."""
    assert merged([BASE[0], cell("half", DONE, "play.half"), BASE[2]]) == WANTED


def test_own_cells_stay_behind_their_neighbours() -> None:
    """Also at the beginning; an id that the course needs is the course's."""
    mine = [cell("fresh", "mine"), BASE[0], cell("half", DONE, "play.half"), cell("a", "more"), BASE[2], cell("a", "z")]
    own = [("fresh-2", "mine"), ("a", "more"), ("a-2", "z")]
    assert merged(mine) == [own[0], *WANTED[:3], own[1], WANTED[3], own[2]]


def test_order_ids_and_copies_may_be_lost() -> None:
    """Cells in another order, without ids, or twice: the exercise's last copy counts, and the other stays."""
    mine = [BASE[2] | {"id": "x"}, cell(None, STUB, "play.half"), cell(None, DONE, "play.half"), cell(None, "# Old")]
    assert merged(mine) == [*WANTED[:3], WANTED[3], ("own", STUB)]


def test_marks_and_ids_may_be_lost() -> None:
    """The answer is known by its function; what only calls it stays the student's own."""
    mine = [cell(None, "# Old"), cell(None, "half(3)"), cell(None, DONE)]
    assert merged(mine) == [WANTED[0], ("own", "half(3)"), *WANTED[1:]]


def test_deleted_cells_come_back() -> None:
    """An exercise's as its stub."""
    assert merged([]) == [*WANTED[:2], ("half", "".join(NEWER[2]["source"])), WANTED[3]]


def test_a_cell_that_the_course_dropped_stays_if_it_was_changed() -> None:
    """As a cell of the student's own, no exercise any more."""
    newer = [NEWER[0]]
    result = merge_notebook(notebook(*BASE), notebook(cell("half", DONE, "play.half")), notebook(*newer))
    cells = json.loads(result.data)["cells"]
    assert [(one["id"], one["metadata"]) for one in cells] == [("half", {}), ("title", {})]
    assert [
        one["id"]
        for one in json.loads(merge_notebook(notebook(*BASE), notebook(*BASE), notebook(*newer)).data)["cells"]
    ] == ["title"]


def test_a_clash_names_its_cell() -> None:
    """The student's lines stay, with what the cell put out."""
    mine = {**cell("half", DONE, "play.half"), "outputs": ["kept"], "execution_count": 3}
    newer = cell("half", STUB.replace("raise NotImplementedError", "return NotImplemented"), "play.half")
    result = merge_notebook(notebook(*BASE), notebook(mine), notebook(newer))
    clash = Clash(line=2, newer=("    return NotImplemented",))
    assert result.clashes == (CellClash(cell="play.half", clash=clash),)
    assert json.loads(result.data)["cells"] == [mine]


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        notebook(nbformat=3),
        notebook(cells={}),
        notebook("text"),
        notebook(cell("a", [1])),
        notebook({"metadata": 1}),
    ],
)
def test_what_is_no_notebook_is_refused(data: bytes) -> None:
    """JSON, version and cells must be right."""
    with pytest.raises(ValueError, match=r"no notebook of version 4|truncated|Expected"):
        merge_notebook(notebook(), data, notebook())
