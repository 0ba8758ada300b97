"""A check, as collecting leaves it: everything that is needed to run it and to judge what it saw."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from autograder.model.ids import CheckId, ExerciseId, Language
from autograder.model.record import Record


class Visibility(StrEnum):
    """Who may see a check; decided by the folder it lies in."""

    PUBLIC = "public"
    HIDDEN = "hidden"


class Truth(StrEnum):
    """What a check's expected transcript is held against."""

    TORCH = "torch"  # real PyTorch, recorded; the reference reproduces it
    REFERENCE = "reference"  # the reference alone, for what PyTorch doesn't expose


class Task(Record, frozen=True):
    """What the probe needs to run one check; all that a student's process ever learns of it."""

    id: CheckId
    source: str  # a module of its own: the function, and only the imports and helpers that it uses, on their own lines
    function: str
    arguments: dict[str, Any]  # the values of one parameter set, plain JSON
    seed: int


class Check(Record, frozen=True):
    """One check with one set of parameters."""

    id: CheckId
    exercise: ExerciseId
    title: str  # the first line of its docstring, English; the course's catalogue has the others
    visibility: Visibility
    points: float  # 0 for a public check
    truth: Truth
    file: str  # as people name it: "solutions/checks/test_node.py"
    line: int
    source: str
    function: str
    arguments: dict[str, Any] = {}
    hints: dict[Language, str] = {}

    def task(self, seed: int) -> Task:
        """The part of this check that goes to the process under test."""
        return Task(id=self.id, source=self.source, function=self.function, arguments=self.arguments, seed=seed)
