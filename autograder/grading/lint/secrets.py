"""The rule about secrets: nothing of the solutions but what the course gives is in a workspace as students get it."""

from __future__ import annotations

import ast
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.build.edition import edition_of
from autograder.build.reference import given_files, student_modules
from autograder.build.stubs import Level
from autograder.build.workspace import build_workspace
from autograder.grading.lint.fault import fault
from autograder.grading.lint.sources import python_sources, statements
from autograder.model.check import Visibility
from autograder.model.workspace import ORIGINALS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from autograder.build.edition import Edition
    from autograder.grading.lint.draft import Draft
    from autograder.grading.lint.fault import Fault

_TELLING = 32  # characters; what is shorter may be anywhere by chance
_NUMBER = re.compile(r"\d+\.\d{6,}(?:e-?\d+)?")  # one that no second run of anything would give
_QUOTED = re.compile(r"\\n|\\\"|\\'|[\"'\s]+")  # what JSON and a notebook write in another way than Python


def secrets(draft: Draft) -> Iterator[Fault]:
    """No name, text or value of a hidden check, no statement of an answer and no path of the author's is given away."""
    hidden = _Hidden(draft)
    for edition in draft.editions():
        files = _built(draft, edition)
        originals = files.pop(ORIGINALS_FILE)  # every other file again
        told = {}
        for path, data in files.items():
            for what in hidden.found_in(path, data):
                told[what] = path
        for what in hidden.found_in(ORIGINALS_FILE, originals):
            told.setdefault(what, ORIGINALS_FILE)
        for what, path in told.items():
            expected = f"nothing hidden in the workspace's {path} ({edition.language})"
            remedy = "take it out of the course's folder, or change what is hidden"
            yield fault(draft.course, draft.course.root, expected, what, remedy)


class _Hidden:
    """All that must not be in a workspace, and where it is found nevertheless."""

    def __init__(self, draft: Draft) -> None:
        self._names = {**_names(draft), **_places(draft)}
        self._texts, self._values = _texts(draft), _values(draft)
        self._answers, self._files = _answers(draft), _own_files(draft)

    def found_in(self, path: str, data: bytes) -> Iterator[str]:
        """What is hidden and yet in a file of the workspace, in words."""
        text = data.decode("utf-8", "replace")
        squeezed, numbers = _squeezed(text), set(_NUMBER.findall(text))
        yield from (what for name, what in self._names.items() if name in text)
        yield from (what for body, what in self._texts.items() if body in squeezed)
        yield from (what for number, what in self._values.items() if number in numbers)
        yield from ([self._files[data]] if data in self._files else ())
        for _, source in python_sources({path: data}):
            for statement in sorted(statements(source) & self._answers):
                yield f"a statement of an answer, `{statement}`"


def _built(draft: Draft, edition: Edition) -> dict[str, bytes]:
    """A workspace's files as `autograder build` writes them, what its checks expect included."""
    with tempfile.TemporaryDirectory(prefix="lint-") as folder:
        out = Path(folder) / "workspace"
        build_workspace(draft.course, edition, out, lambda checks: {c.id: draft.plan.expected[c.id] for c in checks})
        files = sorted(path for path in out.rglob("*") if path.is_file())
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def _names(draft: Draft) -> dict[str, str]:
    """The functions of hidden checks, and their titles, that no public check shares."""
    public, hidden = ({text for c in draft.checks[v] for text in (c.function, c.title)} for v in Visibility)
    return {text: f'what a hidden check is called, "{text}"' for text in sorted(hidden - public)}


def _places(draft: Draft) -> dict[str, str]:
    """Where the course and its solutions lie on this machine."""
    places = (draft.course.solutions, draft.course.root)
    return {str(place): f'a folder of this machine, "{place}"' for place in places}


def _texts(draft: Draft) -> dict[str, str]:
    """The bodies of hidden checks that are no public check's."""
    public, hidden = ({_body(c.source, c.function): c.id for c in draft.checks[v]} for v in Visibility)
    return {
        body: f"the text of the hidden check {name}"
        for body, name in hidden.items()
        if body not in public and len(body) > _TELLING
    }


def _body(source: str, function: str) -> str:
    """The text of a function's statements."""
    found = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == function)
    lines = source.splitlines()[found.body[0].lineno - 1 : found.end_lineno]
    return _squeezed("\n".join(lines))


def _squeezed(text: str) -> str:
    """A text without spaces and quotation marks, so that it can be found wherever and however it is quoted."""
    return _QUOTED.sub("", text)


def _values(draft: Draft) -> dict[str, str]:
    """The numbers that hidden checks alone expect, where they are long enough to be told."""
    public, hidden = (
        {number: c.id for c in draft.checks[v] for number in _NUMBER.findall(_json(draft.plan.expected[c.id]))}
        for v in Visibility
    )
    return {number: f"a value that {name} expects, {number}" for number, name in hidden.items() if number not in public}


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _answers(draft: Draft) -> frozenset[str]:
    """The statements of what students write that stand in answers alone, not in their stubs nor in what is given."""
    course = draft.course
    written = {exercise.target.file for exercise in course.exercises} | set(student_modules(course))
    first = edition_of(course, course.languages[0], Level.BARE)
    done, bare = (draft.candidate(draft.files(replace(first, answers=answers))) for answers in (True, False))
    answered, stubbed = ({path: files[path] for path in written} for files in (done, bare))
    hidden = _statements(answered) - _statements(stubbed) - _statements(given_files(course))
    return frozenset(statement for statement in hidden if len(statement) > _TELLING)


def _statements(files: Mapping[str, bytes]) -> frozenset[str]:
    return frozenset(statement for _, source in python_sources(files) for statement in statements(source))


def _own_files(draft: Draft) -> dict[bytes, str]:
    """Each file of the solutions that is not given, by what it holds."""
    course = draft.course
    given = set(given_files(course).values())
    files = {path.read_bytes(): path for path in sorted(course.solutions.rglob("*")) if path.is_file()}
    return {
        data: f"the solutions' {path.relative_to(course.solutions).as_posix()}"
        for data, path in files.items()
        if data.strip() and data not in given
    }
