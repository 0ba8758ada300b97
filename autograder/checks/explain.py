"""A check that did not pass, explained to the student in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.checks.advice import advice_on
from autograder.checks.causes import UNDEFINED, UNWRITTEN
from autograder.checks.lessons import lesson_path
from autograder.checks.pasting import pasted
from autograder.checks.words import printed, words
from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.model.check import Check
    from autograder.model.ids import ExerciseId
    from autograder.model.verdict import Cause, Verdict
    from autograder.model.workspace import Home

LOOK = sentence("Look at it yourself, where the check does: {path}")
PASTE = sentence("See it yourself: paste this into Python, started in this folder, or into a new cell of a lesson:")
PASTE_THERE = sentence("See it yourself: paste this into a new cell at the end of {notebook}:")
LINE = sentence("The check is in {file}, line {line}:")
TARGET = sentence("What it is about: {target}")
CELL = sentence("{notebook}, the cell of {function}")
HINT = sentence("Hint: {hint}")
TRACEBACK = sentence("Where it was raised, in your code:")
PRINTED = sentence("Your code printed:")


def explain(check: Check, verdict: Verdict, home: Home) -> str:
    """Why a check did not pass and where to go on, in the workspace's language; empty for one that passed."""
    if verdict.cause is None:
        return ""
    return "\n".join(_lines(check, verdict.cause, verdict.output, home))


def _lines(check: Check, cause: Cause, output: str, home: Home) -> Iterator[str]:
    language = home.language
    yield check.title
    yield f"  {words(cause, language)}"
    yield ""
    yield from _where(check, cause, home)
    target = _target(home, check.exercise, cause)
    if target:
        yield translate(TARGET, language, {"target": target})
    for hint in check.hints.values():
        yield translate(HINT, language, {"hint": hint})
    advice = advice_on(check, cause, home)
    if advice:
        yield advice
    if cause.traceback and cause.message not in (UNWRITTEN, UNDEFINED) and _is_code(cause.values.get("file", "")):
        yield from ("", translate(TRACEBACK, language), cause.traceback)
    if output:
        yield from ("", translate(PRINTED, language), printed(output, language))


def _is_code(file: str) -> bool:
    """Whether this is a file whose lines a student has; a notebook as a whole has cells."""
    return file != "" and not file.endswith(".ipynb")


def _where(check: Check, cause: Cause, home: Home) -> Iterator[str]:
    """The line of the check that saw the difference, and what to type; where the check begins if none is known."""
    difference, language = cause.difference, home.language
    line = (cause.line if difference is None else difference.line) or check.line
    yield translate(LINE, language, {"file": check.file, "line": str(line)})
    yield f"    {dict(enumerate(check.source.splitlines(), 1)).get(line, '').strip()}"
    if check.arguments:
        yield f"    # {', '.join(f'{name} = {value!r}' for name, value in check.arguments.items())}"
    if difference is not None:
        yield from _look(check, line, difference.path, home)


def _look(check: Check, line: int, path: str, home: Home) -> Iterator[str]:
    """How a student can see what the check saw: lines to paste, or at least the name of the place in the check."""
    code = pasted(check, line, path, home.package)
    if not code:
        yield translate(LOOK, home.language, {"path": path})
        return
    notebook = _notebook(home, _written_in(home, check.exercise))
    yield translate(PASTE_THERE if notebook else PASTE, home.language, {"notebook": notebook or ""})
    yield from (f"    {each}" for each in code)


def _target(home: Home, exercise: ExerciseId, cause: Cause) -> str:
    """The student's function in which it happened; the exercise's where that is not known."""
    if cause.values.get("function"):
        return _place(home, cause.values["file"], cause.values["function"].partition(".<")[0])
    file, _, function = _written_in(home, exercise).partition("::")
    return _place(home, file, function) if file else ""


def _place(home: Home, file: str, function: str) -> str:
    """A function as a student finds it: in a module, or in the cell of a notebook."""
    notebook = _notebook(home, file)
    if notebook is None:
        return f"{file}::{function}"
    return translate(CELL, home.language, {"notebook": notebook, "function": function})


def _written_in(home: Home, exercise: ExerciseId) -> str:
    """The target of an exercise, "mytorch/node.py::Node.name"; empty if there is no such exercise."""
    return next((known.target for unit in home.units for known in unit.exercises if known.id == exercise), "")


def _notebook(home: Home, place: str) -> str | None:
    """The notebook that a lesson's module, or a cell, is of."""
    notebooks = [f"lessons/{unit.lesson}.ipynb" for unit in home.units if unit.lesson]
    return next((name for name in notebooks if place.startswith((name, lesson_path(name)))), None)
