"""The house keeps its order: imports point one way, and what others own imports nothing of ours."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (
    "model",
    "probe",
    "sandbox",
    "checks",
    "drawing",
    "gradebook",
    "report",
    "build",
    "grading",
    "serving",
    "student",
    "cli",
)  # fmt: skip - each may import from those before it
RANK = {room: rank for rank, room in enumerate(ROOMS)}


def _imports(file: Path) -> set[str]:
    """Every absolute name that a file imports, modules and what is taken from them alike."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _files(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def _rooms(names: set[str]) -> set[str]:
    parts = [name.split(".") for name in names]
    return {part[1] for part in parts if part[0] == "autograder" and len(part) > 1}


def test_every_folder_is_a_room():
    """A new room has its place in the order before it has files."""
    assert {path.name for path in (ROOT / "autograder").iterdir() if any(path.rglob("*.py"))} - {"__pycache__"} <= set(
        ROOMS
    )


@pytest.mark.parametrize("room", ROOMS)
def test_no_arrow_points_back(room):
    """A room imports only from rooms below it, wherever in a file the import stands."""
    back = {
        f"{file.relative_to(ROOT)} imports {other}"
        for file in _files(f"autograder/{room}")
        for other in _rooms(_imports(file))
        if other in RANK and RANK[other] > RANK[room]
    }
    assert not back


def test_the_probe_needs_the_standard_library_alone():
    """What runs beside student code imports nothing of ours and, at its start, nothing that must be installed."""
    foreign = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in _files("autograder/probe")
        for name in _imports(file)
        if not name.startswith("autograder.probe") and name.split(".")[0] not in sys.stdlib_module_names | {"numpy"}
    }
    assert not foreign


def test_numpy_is_imported_late_in_the_probe():
    """A candidate without numpy can be probed: no module of the probe imports it at its top."""
    early = [
        file.relative_to(ROOT)
        for file in _files("autograder/probe")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "numpy" in ast.unparse(node)
    ]
    assert not early


def test_course_and_solutions_know_only_the_mark_and_the_pencil():
    """Courses and solutions import nothing of the machine but `exercise`, and for a lesson's pictures `draw`."""
    foreign = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in _files("course", "solutions")
        for name in _imports(file)
        if name.split(".")[0] == "autograder" and name not in ("autograder.exercise", "autograder.draw")
    }
    assert not foreign


def test_the_machine_does_not_know_this_course():
    """No file of the machine names this course's package, so that another course works with it."""
    known = [file.relative_to(ROOT) for file in _files("autograder") if any("mytorch" in n for n in _imports(file))]
    assert not known
