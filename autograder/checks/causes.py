"""Causes in words: each sentence stands here once, in English, and is the key of its translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.model.language import sentence
from autograder.model.verdict import Cause, Difference

if TYPE_CHECKING:
    from autograder.model.transcript import Failure

DIFFERS = sentence("{path}: expected {expected}, found {found}")
MISSING = sentence("{path}: expected {expected}, found nothing")
EXTRA = sentence("{path}: expected nothing more, found {found}")
SHARED = sentence("{path}: expected the same node as {expected}, found another node")
APART = sentence("{path}: expected a node of its own, found the same node as {found}")
ENDLESS = sentence("{path}: expected a graph of {expected} nodes, found no end after {found} nodes")
RAISES_NOTHING = sentence("{path}: expected that {expected} is raised, found no exception")
RAISES_ANOTHER = sentence("{path}: expected that {expected} is raised, found {found}")
RAISES = sentence("{path}: expected no exception, found {found}")
RAISES_UNWRITTEN = sentence("{path}: something that this calls is not written yet")
TOO_MUCH = sentence("more was observed than a check may hold: {count} observations were kept")

UNWRITTEN = sentence("{function} in {file} is not written yet")
UNWRITTEN_SOMEWHERE = sentence("something that this check calls is not written yet")
TOO_EARLY = sentence(
    "{stub} in {file} was called, which is built in a later unit ({unit}); what this check asks for works without it"
)
NOT_WRITTEN = frozenset({UNWRITTEN, UNWRITTEN_SOMEWHERE, RAISES_UNWRITTEN})
NOT_PYTHON = sentence("{file} is not valid Python from line {line} on: {error}")
RAISED_IN_IMPORT = sentence("importing {file} raised in line {line}: {error}")
CIRCULAR = sentence(
    "{file} and {other} import each other, which fails in line {line}; let one of them import inside the function that "
    "needs it"
)
RAISED_IN = sentence("{function} in {file} raised in line {line}: {error}")
RAISED_IN_CHECK = sentence("line {line} of the check raised: {error}")
RAISED = sentence("the check raised: {error}")

UNDEFINED = sentence("no exercise's cell of this lesson defines {function}; was it renamed, or its cell deleted?")

OUT_OF_TIME = sentence("not finished after {seconds} seconds; is there a loop that never ends?")
STUCK_IMPORT = sentence("importing {package} was not finished after {seconds} seconds; does a module loop for ever?")
STUCK_IN_IMPORT = sentence(
    "importing {file} was not finished after {seconds} seconds, and stood in line {line}; does it loop for ever?"
)
ENDED_IN_IMPORT = sentence("the Python that imported {package} ended in the midst of it; does a module leave it?")
STUCK = frozenset({STUCK_IMPORT, STUCK_IN_IMPORT})
NO_EXPECTATION = sentence("{file} does not know this check; take the checks folder as you got it")

_LOST = re.compile(r"cannot import name '(?P<function>\w+)' from '(?P<module>lessons\.\w+)'")
_CIRCLE = re.compile(r"partially initialized module '([\w.]+)'")
LONGEST = 4000  # characters of one value in a cause that a student's process named


def is_of_import(cause: Cause) -> bool:
    """Whether the student's package could not be imported; a lesson of its own is no part of it."""
    if cause.message in (NOT_PYTHON, RAISED_IN_IMPORT, CIRCULAR):
        return not cause.values["file"].startswith("lessons/")
    return cause.message in (*STUCK, ENDED_IN_IMPORT)


def parted(path: str, expected: str, found: str | None, message: str = DIFFERS) -> Cause:
    """A cause that is a difference at a path; `found` is None where there is nothing."""
    if found is None and message is DIFFERS:
        message = MISSING
    values = {"path": path, "expected": expected, "found": found or ""}
    return Cause(message=message, values=values, difference=Difference(path=path, expected=expected, found=found))


def unwanted(path: str, found: str) -> Cause:
    """A cause that is something where nothing was expected."""
    return parted(path, "nothing", found, EXTRA)


def blamed(failure: Failure) -> Cause:
    """A cause that is an exception of the student's code."""
    message, values = _wording(failure)
    return Cause(message=message, values=values, line=failure.line, traceback=failure.traceback)


def _wording(failure: Failure) -> tuple[str, dict[str, str]]:
    """The sentence and its values, each cut: a student's process sent them."""
    message, values = _sentence(failure)
    return message, {name: value if len(value) <= LONGEST else f"{value[:LONGEST]}…" for name, value in values.items()}


def _sentence(failure: Failure) -> tuple[str, dict[str, str]]:
    error = f"{failure.type}: {failure.text}" if failure.text else failure.type
    is_unwritten = failure.type == "NotImplementedError" and not failure.text  # with a text, somebody means it
    place = failure.place
    if failure.type == "ImportError" and (lost := _LOST.match(failure.text)):
        return UNDEFINED, {"function": lost["function"], "file": f"{lost['module'].replace('.', '/')}.py"}
    if place is None:
        message = RAISED if failure.line is None else RAISED_IN_CHECK
        return (UNWRITTEN_SOMEWHERE, {}) if is_unwritten else (message, {"error": error, "line": str(failure.line)})
    where = {"file": place.file, "line": str(place.line), "error": error}
    if not place.function:
        return _of_import(failure, where)
    if is_unwritten:
        return UNWRITTEN, {"function": place.function, "file": place.file}
    return RAISED_IN, {**where, "function": place.function}


def _of_import(failure: Failure, where: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The same of what was raised outside of all functions, while a module was imported."""
    if failure.type in ("SyntaxError", "IndentationError", "TabError"):
        return NOT_PYTHON, {**where, "error": failure.text}
    if circle := _CIRCLE.search(failure.text):
        return CIRCULAR, {**where, "other": f"{circle[1].replace('.', '/')}.py"}
    return RAISED_IN_IMPORT, where
