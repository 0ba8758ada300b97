"""A workspace as it lies at a student's: one module, one lesson, checks, and what is known of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from autograder.model.course import Limits
from autograder.model.ids import ExerciseId, Language, UnitId
from autograder.model.transcript import Count, Entry, Transcript
from autograder.model.workspace import COURSE_FILE, EXPECTED_FILE, Home, HomeExercise, HomeUnit

if TYPE_CHECKING:
    from pathlib import Path


PYPROJECT = '[tool.pytest.ini_options]\naddopts = "-p autograder.checks.home"\ntestpaths = ["checks"]\n'
CHECKS = '''
import pytest

from autograder import exercise


@exercise("unit.thing")
@pytest.mark.parametrize("n", [1])
def test_it(torch, see, n):
    """The answer is 42.

    Think of the question.
    """
    see.count(torch.edge.answer())


@exercise("unit.thing")
def test_lesson(torch, see):
    """The lesson's function counts."""
    from lessons.first import count

    see.count(count())


def test_own(torch, see, rng):
    see.count(3)
    assert torch.edge.answer() == 42
    assert 0 <= rng.random() < 1


def test_own_mistake():
    assert 1 == 2
'''
ANSWER = "def answer():\n    return 42\n"
LESSON = "def count():\n    return 42"


def notebook(source: str) -> str:
    """A lesson's notebook with one exercise cell."""
    cell = {"cell_type": "code", "source": source, "metadata": {"exercise": "unit.count"}}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def made_in(folder: Path) -> Path:
    """The workspace, in which everything is solved."""
    exercise = HomeExercise(id=ExerciseId("unit.thing"), target="fake/edge.py::answer")
    unit = HomeUnit(
        id=UnitId("unit"), title="Unit", modules=("edge.py",), lesson="01_first", needs=(), exercises=(exercise,)
    )
    limits = Limits(check_cpu_s=0.2)
    home = Home(
        course="tiny",
        title="Tiny",
        language=Language("en"),
        level="bare",
        package="fake",
        seed=1,
        limits=limits,
        units=(unit,),
    )
    lines = {"test_x::test_it[1]": 14, "test_x::test_lesson": 22}
    expected = {
        key: Transcript(entries=(Entry(line=line, observation=Count(count=42)),)) for key, line in lines.items()
    }
    files = {
        "pyproject.toml": PYPROJECT,
        "checks/test_x.py": CHECKS,
        "fake/__init__.py": "from . import edge as edge\n",
        "fake/edge.py": ANSWER,
        "lessons/01_first.ipynb": notebook(LESSON),
        COURSE_FILE: msgspec.json.encode(home).decode(),
        EXPECTED_FILE: msgspec.json.encode(expected).decode(),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
