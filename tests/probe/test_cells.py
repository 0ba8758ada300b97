"""A module made of a notebook's cells: each runs by itself, and what one lacks is told when it is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from autograder import probe
from autograder.probe.cells import cells, run_cells

HEAD = "LIMIT = 3"
FIRST = "def first():\n    return LIMIT\n\nprint(first(unknown))"
BROKEN = "def second():\n    return (\n"
RAISING = "def third(at=unknown):\n    return at"
LAST = "from __future__ import annotations\n\ndef last() -> unknown:\n    return first()"


def module(*sources: str) -> dict[str, Any]:
    """The module of these cells, run as far as it goes."""
    marked = [f"# %% a.ipynb, cell {number}\n{source}" for number, source in enumerate(sources, 1)]
    found: dict[str, Any] = {}
    run_cells("\n\n".join([HEAD, *marked, ""]).encode(), lambda source: compile(source, "a", "exec"), found)
    return found


def test_each_part_stands_on_its_own_lines() -> None:
    """So that what is raised there names the module's line."""
    parts = cells(b"a\n# %% x.ipynb, cell 1\nb\n# %% no cell\n# %% x.ipynb, cell 2\nc")
    assert parts == [b"a\n", b"\n# %% x.ipynb, cell 1\nb\n# %% no cell\n", b"\n\n\n\n# %% x.ipynb, cell 2\nc"]


def test_a_cell_that_fails_stops_no_other() -> None:
    """What it defined before it failed is there: here the function that was tried below it."""
    found = module(FIRST, BROKEN, RAISING, LAST)
    assert (found["first"](), found["last"]()) == (3, 3)


@pytest.mark.parametrize(("name", "error"), [("second", SyntaxError), ("third", NameError), ("fourth", AttributeError)])
def test_what_is_missing_raises_what_its_cell_raised(name: str, error: type[Exception]) -> None:
    """Each its own, with the same traceback each time."""
    missing = module(FIRST, BROKEN, RAISING)["__getattr__"]
    lengths = set()
    for _ in range(2):
        with pytest.raises(error) as caught:
            missing(name)
        lengths.add(len(caught.traceback))
    assert len(lengths) == 1


def test_what_is_above_all_cells_has_to_work() -> None:
    """Nothing could run without it: it imports the package."""
    with pytest.raises(NameError):
        run_cells(b"unknown\n# %% a.ipynb, cell 1\n", lambda source: compile(source, "a", "exec"), {})


def test_lines_that_python_speaks_of_are_the_cells_own() -> None:
    """As the line in which it stands."""
    source = b"import fake\n\n# %% lessons/a.ipynb, cell 2\ndef f():\nreturn 1\n"
    candidate = probe.load({"fake/__init__.py": b"", "lessons/a.py": source}, "fake")
    task = {"id": "x", "source": "def test(torch, see, rng):\n    from lessons.a import f\n", "function": "test"}
    failure = probe.run({**task, "arguments": {}, "seed": 1}, candidate)["failure"]
    assert failure["text"] == "expected an indented block after function definition on line 1"
    assert failure["place"] == {"file": "lessons/a.ipynb, cell 2", "line": 2, "function": ""}
