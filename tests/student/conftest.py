"""A workspace made by hand: two units of one module each, the second of which needs the first and has a lesson."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from autograder import probe
from autograder.build.zipping import zipped
from autograder.model.workspace import COURSE_FILE, EXPECTED_FILE, ORIGINALS_FILE
from autograder.student.workspace import open_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from autograder.model.workspace import Home

HOME = {
    "course": "tiny",
    "title": "Tiny",
    "language": "en",
    "level": "standard",
    "package": "tiny",
    "seed": 0,
    "limits": {"check_cpu_s": 0.3},
    "units": [
        {
            "id": "sums",
            "title": "Sums",
            "modules": ["sums.py"],
            "lesson": None,
            "needs": [],
            "exercises": [
                {"id": "sums.twice", "target": "tiny/sums.py::twice", "hints": ["What is twice?", "Add.", "`n + n`"]},
                {"id": "sums.Box.size", "target": "tiny/sums.py::Box.size"},
            ],
        },
        {
            "id": "powers",
            "title": "Powers",
            "modules": ["powers.py"],
            "lesson": "01_play",
            "needs": ["sums"],
            "exercises": [
                {"id": "powers.fourfold", "target": "tiny/powers.py::fourfold"},
                {"id": "play.half", "target": "lessons/play.py::half"},
            ],
        },
    ],
}
CHECKS = {
    "checks/test_sums.py": '''
from autograder import exercise

@exercise("sums.twice", truth="reference")
def test_twice(torch, see):
    """Two times 2 is 4."""
    see.value(torch.sums.twice(2))

@exercise("sums.twice", truth="reference")
def test_twice_nothing(torch, see):
    """Two times nothing is nothing."""
    see.value(torch.sums.twice(0))

@exercise("sums.Box.size", truth="reference")
def test_size(torch, see):
    """A box has a size."""
    see.value(torch.sums.Box().size())
''',
    "checks/test_powers.py": '''
from autograder import exercise

@exercise("powers.fourfold", truth="reference")
def test_fourfold(torch, see):
    """Four times 2 is 8."""
    see.value(torch.powers.fourfold(2))

@exercise("play.half", truth="reference")
def test_half(torch, see):
    """Half of 8 is 4."""
    from lessons.play import half
    see.value(half(8))
''',
}
EXPECTED = {
    "test_sums::test_twice": 4,
    "test_sums::test_twice_nothing": 0,
    "test_sums::test_size": 1,
    "test_powers::test_fourfold": 8,
    "test_powers::test_half": 4,
}
SUMS = '''\
def twice(n):
    """Two times n."""
    return n + n


class Box:
    def size(self):
        return 1
'''
POWERS = """\
from tiny.sums import twice

def fourfold(n):
    return twice(twice(n))
"""


def transcript(value: object) -> dict[str, Any]:
    """What a check saw that looked at one plain value."""
    seen = {"kind": "plain", "type": type(value).__name__, "data": value}
    return {"entries": [{"line": 1, "observation": {"kind": "value", "value": seen}}]}


def notebook(*cells: tuple[str | None, str]) -> str:
    """A notebook of code cells, each with its exercise, if any, and its source."""
    written = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"exercise": exercise} if exercise else {},
            "source": source,
            "execution_count": None,
            "outputs": [],
        }
        for number, (exercise, source) in enumerate(cells)
    ]
    return json.dumps({"cells": written, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def write_workspace(root: Path, language: str = "en") -> Path:
    """Write the workspace, done right in all its exercises, with its originals."""
    files = {
        COURSE_FILE: json.dumps({**HOME, "language": language}),
        EXPECTED_FILE: json.dumps({name: transcript(value) for name, value in EXPECTED.items()}),
        "tiny/__init__.py": "from tiny import powers as powers, sums as sums\n",
        "tiny/sums.py": SUMS,
        "tiny/powers.py": POWERS,
        "lessons/01_play.ipynb": notebook((None, "1"), ("play.half", "def half(n):\n    return n // 2")),
        **CHECKS,
    }
    packed = zipped({name: text.encode() for name, text in files.items()})
    for name, data in {**{name: text.encode() for name, text in files.items()}, ORIGINALS_FILE: packed}.items():
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).write_bytes(data)
    return root


@pytest.fixture(autouse=True)
def _forget_candidates() -> Iterator[None]:
    yield
    probe.unload()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The workspace, right in all its exercises."""
    return write_workspace(tmp_path.resolve() / "work")


@pytest.fixture
def home(root: Path) -> Home:
    """What it knows of its course."""
    return open_home(root)
