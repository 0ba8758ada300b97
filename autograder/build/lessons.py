"""A lesson: Markdown in all languages becomes a notebook in one, without outputs, the same bytes each time."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

import jupytext
import nbformat

from autograder.build.skeletons import Exercises
from autograder.build.templates import render
from autograder.build.translation import translate
from autograder.checks.lessons import lesson_path
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from autograder.build.edition import Edition
    from autograder.model.course import Course

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_MAGIC = re.compile(r"^\s*[%!]", re.MULTILINE)


def render_lesson(course: Course, stem: str, edition: Edition) -> str:
    """The notebook of a lesson, "01_first_graph", as JSON.

    Raises:
        CourseError: the template is wrong, lacks an exercise of the lesson, or has a cell that isn't Python.
    """
    cells = lesson_cells(course, stem, edition)
    notebook = nbformat.v4.new_notebook(
        cells=cells, metadata={"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    )
    return str(nbformat.writes(notebook)) + "\n"


def lesson_cells(course: Course, stem: str, edition: Edition) -> list[Any]:
    """The cells of a lesson's notebook.

    Raises:
        CourseError: as `render_lesson`.
    """
    template = lesson_template(course, stem)
    has_exercises = any(exercise.target.file == lesson_path(stem) for exercise in course.exercises)
    exercises = Exercises(course, lesson_path(stem), edition) if has_exercises else None

    def exercise(exercise_id: str, caller: Callable[[], str] | None = None) -> str:
        if exercises is None:
            raise CourseError(f'course.toml has no exercise "{exercise_id}" in this lesson')
        cell = f'```python exercise="{exercise_id}"\n{exercises.render(exercise_id, caller)}\n```'
        return f"{cell}\n" if caller else cell

    text = render(course, template, edition, {"exercise": exercise})
    if exercises is not None:
        exercises.require_all(str(template))
    notebook = jupytext.reads(text, fmt={"extension": ".md", "split_at_heading": True})
    cells = _numbered(notebook.cells)
    for cell in cells:
        _finish(cell, str(template), edition)
    return cells


def lesson_template(course: Course, stem: str) -> Path:
    """Where a lesson is written."""
    return course.root / "lessons" / f"{stem}.md.jinja"


def is_translated(cell: Any) -> bool:
    """Whether a cell's comments go through the catalogue: not an exercise's, which comes translated, nor a magic's."""
    return cell.cell_type == "code" and not cell.metadata and not _MAGIC.search(cell.source)


def _numbered(cells: list[Any]) -> list[Any]:
    """The cells with ids that don't depend on the language: an exercise's own, or the place below a heading."""
    section, place = 0, 0
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            section, place = section + 1, 0
        place += 1
        exercise = cell.metadata.get("exercise")
        cell.id = exercise.replace(".", "-") if exercise else f"section-{section}-{place}"
        cell.metadata = {"exercise": exercise} if exercise else {}
    return cells


def _finish(cell: Any, template: str, edition: Edition) -> None:
    """Translate a code cell's prose; a fault of the template when it isn't Python."""
    if not is_translated(cell):
        return
    try:
        ast.parse(cell.source)
        cell.source = translate(cell.source, edition.catalogue)
    except SyntaxError as error:
        raise CourseError(f"{template}: cell {cell.id}: line {error.lineno} is not Python ({error.msg})") from error
