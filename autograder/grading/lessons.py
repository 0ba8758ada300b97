"""A submitted lesson: the student's answers and extra cells, set into the untouched notebook."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from autograder.checks.lessons import cell_exercises, lesson_module, lesson_path
from autograder.grading.findings import note, problem
from autograder.grading.python import CODE_KIB, python_fault
from autograder.model.course import Course
from autograder.model.ids import ExerciseId, Language
from autograder.model.language import sentence
from autograder.model.submission import Finding

VERSION = 4  # of nbformat
OLD_KIB = 256  # of an older one, which takes nbformat a second to read
MOST_CELLS = 2_000  # each costs the grader's own time, which no limit of the sandbox bounds


@dataclass(frozen=True, slots=True)
class TakenLesson:
    """What became of a submitted notebook: the notebook to execute, the module to check, and what to say."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


class _Metadata(msgspec.Struct, frozen=True):
    exercise: str | None = None


class _Cell(msgspec.Struct, frozen=True):
    cell_type: Literal["code", "markdown", "raw"]
    source: str | tuple[str, ...] = ""
    metadata: _Metadata = _Metadata()
    id: str | None = None

    @property
    def text(self) -> str:
        return "".join(self.source)

    @property
    def exercise(self) -> str | None:
        return self.metadata.exercise if self.cell_type == "code" else None


class _Head(msgspec.Struct, frozen=True):
    nbformat: int


class _Cells(msgspec.Struct, frozen=True):
    cells: tuple[_Cell, ...]


def take_in_lesson(
    path: str, data: bytes | Finding | None, pristine: bytes, course: Course, language: Language
) -> TakenLesson:
    """The lesson at `path`, from the bytes that the student handed in, if there are any; cells are named in a language.

    An exercise whose cell is missing or not Python keeps its stub in the module, and is a problem of its own; where
    the notebook can't be read at all, every exercise keeps its stub.
    """
    read = _read(path, data)
    if isinstance(read, Finding):
        return _taken(path, pristine, lesson_module(pristine, path, course.package, language), (read,))
    cells, notes = read
    theirs = msgspec.json.decode(pristine, type=_Cells).cells
    functions = {one.id: one.target.qualname for one in course.exercises if one.target.file == lesson_path(path)}
    cells, known = _recognised(path, cells, functions)
    wanted = [cell.exercise for cell in theirs if cell.exercise]
    answers = {cell.exercise: cell.text for cell in cells if cell.exercise in wanted}  # of several, the last
    faults = {exercise: fault for exercise in wanted if (fault := _fault(path, exercise, answers.get(exercise)))}
    sound = {exercise: text for exercise, text in answers.items() if exercise not in faults}
    copies = tuple(_copies(path, cells, wanted))
    places = _places(cells, theirs)
    shown = _set(pristine, cells, places, answers)
    lifted = lesson_module(_set(pristine, cells, places, sound), path, course.package, language)
    return _taken(path, shown, lifted, (*notes, *known, *copies, *faults.values()))


def _taken(path: str, shown: bytes, module: bytes, findings: tuple[Finding, ...]) -> TakenLesson:
    return TakenLesson({path: shown, lesson_path(path): module}, findings)


def _read(path: str, data: bytes | Finding | None) -> tuple[tuple[_Cell, ...], tuple[Finding, ...]] | Finding:
    """The cells of a notebook and what to say about it, or why there are none."""
    if data is None:
        return problem(path, sentence("{file} is missing: hand in the whole workspace"))
    if isinstance(data, Finding):
        return data
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        version = msgspec.json.decode(data, type=_Head).nbformat
        if version > VERSION or (version < VERSION and len(data) > OLD_KIB * 1024):
            message = sentence("{file} is a notebook of version {version}, not 4: save it in Jupyter as version 4")
            return problem(path, message, version=str(version))
        cells = msgspec.json.decode(data if version == VERSION else _upgraded(data), type=_Cells).cells
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        message = sentence("{file} is not a notebook ({error}): open it in Jupyter, save it, and hand it in again")
        return problem(path, message, error=str(error))
    if len(cells) > MOST_CELLS:
        message = sentence("{file} has {count} cells, more than {most}: delete those that you don't need")
        return problem(path, message, count=str(len(cells)), most=str(MOST_CELLS))
    told = sentence("{file} was an old notebook (version {version}): it was read as version 4")
    return cells, () if version == VERSION else (note(path, told, version=str(version)),)


def _upgraded(data: bytes) -> bytes:
    """A notebook of an older version as one of version 4.

    Raises:
        ValueError: nbformat can't read it.
    """
    import nbformat  # noqa: PLC0415 - slow to import, and seldom needed

    try:
        with warnings.catch_warnings(action="ignore"):
            return str(nbformat.writes(nbformat.reads(data.decode(), as_version=VERSION))).encode()
    except Exception as error:  # whatever nbformat stumbles over, the notebook is at fault
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _recognised(
    path: str, cells: tuple[_Cell, ...], functions: Mapping[ExerciseId, str]
) -> tuple[tuple[_Cell, ...], tuple[Finding, ...]]:
    """The cells, with their marks where these were lost, and a note that says which were."""
    texts = [cell.text if cell.cell_type == "code" else "" for cell in cells]
    marks = cell_exercises([cell.exercise for cell in cells], texts, functions)
    lost = [mark for cell, mark in zip(cells, marks, strict=True) if mark and mark != cell.exercise]
    if not lost:
        return cells, ()
    message = sentence("{file} has lost the marks of exercises ({exercises}): the cells were known by their functions")
    marked = [
        msgspec.structs.replace(cell, metadata=_Metadata(exercise=mark)) if mark else cell
        for cell, mark in zip(cells, marks, strict=True)
    ]
    return tuple(marked), (note(path, message, exercises=", ".join(lost)),)


def _fault(path: str, exercise: str, answer: str | None) -> Finding | None:
    """Why an exercise's answer can't be checked."""
    if answer is None:
        message = sentence("{file} has no cell of the exercise {exercise}: take it from a fresh copy of the lesson")
        return problem(path, message, exercise=exercise)
    code = answer.encode("utf-8", "surrogatepass")
    if len(code) > CODE_KIB * 1024:
        message = sentence(
            "{file}: the cell of the exercise {exercise} is larger than {most} KiB: take out what does not belong there"
        )
        return problem(path, message, exercise=exercise, most=str(CODE_KIB))
    fault = python_fault(code)
    message = sentence("{file}: the cell of the exercise {exercise} is not valid Python ({error}): correct it")
    return problem(path, message, exercise=exercise, error=fault) if fault else None


def _copies(path: str, cells: Sequence[_Cell], wanted: Sequence[str]) -> Iterator[Finding]:
    for exercise in wanted:
        count = sum(cell.exercise == exercise for cell in cells)
        if count > 1:
            message = sentence("{file} has {count} cells of the exercise {exercise}: the last one counts")
            yield note(path, message, exercise=exercise, count=str(count))


def _places(cells: Sequence[_Cell], theirs: Sequence[_Cell]) -> list[str | None]:
    """For each submitted cell, the id of the lesson's cell that it is; None for a student's own."""
    by_exercise = {cell.exercise: cell.id for cell in theirs if cell.exercise}
    by_text = {cell.text: cell.id for cell in theirs}
    kinds = {cell.id: cell.cell_type for cell in theirs}
    places: list[str | None] = []
    taken: set[str | None] = set()
    for cell in reversed(cells):  # of several copies, the last
        by_id = cell.id if kinds.get(cell.id) == cell.cell_type else None
        place = by_exercise.get(cell.exercise) if cell.exercise else by_id or by_text.get(cell.text)
        places.append(None if place in taken else place)
        taken.add(place)
    return places[::-1]


def _set(pristine: bytes, cells: Sequence[_Cell], places: Sequence[str | None], answers: Mapping[str, str]) -> bytes:
    """The lesson with the answers in their cells, the student's own cells where they stood, and the student's prose."""
    notebook: dict[str, Any] = msgspec.json.decode(pristine)
    own: dict[str | None, list[dict[str, Any]]] = {}
    prose: dict[str | None, str] = {}
    after = None
    for number, (cell, place) in enumerate(zip(cells, places, strict=True)):
        if place is None:
            own.setdefault(after, []).append(_own_cell(cell, number))
        else:
            after = place
            prose |= {place: cell.text} if cell.cell_type != "code" else {}
    merged = list(own.get(None, []))
    for cell in notebook["cells"]:
        answer = answers.get(cell["metadata"].get("exercise"), prose.get(cell["id"]))
        merged += [cell if answer is None else {**cell, "source": answer}, *own.get(cell["id"], [])]
    return msgspec.json.encode({**notebook, "cells": merged})


def _own_cell(cell: _Cell, number: int) -> dict[str, Any]:
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if cell.cell_type == "code" else {}
    return {"cell_type": cell.cell_type, "id": f"own-{number}", "metadata": {}, "source": cell.text, **code}
