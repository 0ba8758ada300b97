"""One more sentence where an exception's own text says too little to a beginner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.checks.causes import RAISED_IN_CHECK, UNDEFINED
from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from autograder.model.check import Check
    from autograder.model.verdict import Cause
    from autograder.model.workspace import Home

OTHER_TYPE = sentence("The check got {type} there. What does {function} return?")
CELLS = sentence("Only exercise cells are checked: put the imports and helpers that one needs into the cell itself.")
RESTORE = sentence(
    "Give it the name {function} again; or `autograder reset {file}` brings the lesson as you got it, and keeps yours."
)
MEMORY = sentence("Is there a list that grows for ever?")

OF_TYPE = re.compile(r"'(\w+)' object ")


def advice_on(check: Check, cause: Cause, home: Home) -> str:
    """What to look at, in the workspace's language; empty where there is nothing to add."""
    if cause.message == UNDEFINED:
        return translate(RESTORE, home.language, cause.values)
    error = cause.values.get("error", "")
    function = _function(check, home)
    is_called = function.rpartition(".")[2] in check.source  # else the check can have got it from another
    if cause.message == RAISED_IN_CHECK and is_called and (found := OF_TYPE.search(error)):
        kind = "None" if found[1] == "NoneType" else found[1]
        return translate(OTHER_TYPE, home.language, {"type": kind, "function": function})
    if error.startswith("NameError") and ".ipynb" in cause.values.get("file", ""):
        return translate(CELLS, home.language)
    return translate(MEMORY, home.language) if error.startswith("MemoryError") else ""


def _function(check: Check, home: Home) -> str:
    """The name of the function that a check is about."""
    targets = {exercise.id: exercise.target for unit in home.units for exercise in unit.exercises}
    return targets.get(check.exercise, check.exercise).rpartition("::")[2]
