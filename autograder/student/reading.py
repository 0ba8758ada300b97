"""Where a student reads on: an exercise's own words, its lesson, the step after it."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from autograder.model.language import sentence, translate
from autograder.student.choosing import chosen_exercise, file_of, is_in_package, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from autograder.model.ids import ExerciseId
    from autograder.model.workspace import Home, HomeExercise

DOCSTRING = sentence("Read next: what {function} promises, in its docstring at {place}")
CELL = sentence("Read next: the cell of {function} in {notebook}, and the text above it")
LESSON = sentence("The lesson to it: {notebook}")
HINT = sentence("Stuck? `autograder hint {exercise}`")


def read_next(root: Path, home: Home, exercise: ExerciseId) -> Iterator[str]:
    """Sentences that say where to read on about an exercise that is not done."""
    one, unit = chosen_exercise(home, exercise), unit_of(home, exercise)
    function = one.target.partition("::")[2]
    if is_in_package(home, one):
        yield translate(DOCSTRING, home.language, {"function": function, "place": place(root, home, one)})
        if unit.lesson:
            yield translate(LESSON, home.language, {"notebook": f"lessons/{unit.lesson}.ipynb"})
    else:
        values = {"function": function, "notebook": place(root, home, one)}
        yield translate(CELL, home.language, values)
    if one.hints:
        yield translate(HINT, home.language, {"exercise": exercise})


def place(root: Path, home: Home, exercise: HomeExercise) -> str:
    """Where the exercise is written: a file and the line of its function, if that is found; or a notebook."""
    file = file_of(home, exercise)
    if not is_in_package(home, exercise):
        return file
    line = _line(root / file, exercise.target.partition("::")[2])
    return f"{file}:{line}" if line else file


def _line(file: Path, qualname: str) -> int | None:
    """The line in which a function or class begins; None if the file can't be read or has none of that name."""
    try:
        with warnings.catch_warnings(action="ignore"):
            body: list[ast.stmt] = ast.parse(file.read_bytes()).body
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    line = None
    for name in qualname.split("."):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        found = next((one for one in body if isinstance(one, kinds) and one.name == name), None)
        if found is None:
            return None
        line, body = found.lineno, found.body
    return line
