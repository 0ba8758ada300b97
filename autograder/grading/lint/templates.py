"""Rules about templates: what comes of them is the reference's own text, or Python with something left to write."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from autograder.build.edition import edition_of
from autograder.build.lessons import lesson_template
from autograder.build.reference import student_modules
from autograder.grading.findings import lesson_stems, notebook_path
from autograder.grading.lint.fault import broken, fault
from autograder.grading.lint.origins import origin
from autograder.grading.lint.sources import cells as notebook_cells
from autograder.grading.lint.sources import code, is_magic, python_sources
from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from autograder.build.edition import Edition
    from autograder.grading.lint.draft import Draft
    from autograder.grading.lint.fault import Fault
    from autograder.model.course import Course


def builds(draft: Draft) -> Iterator[Fault]:
    """The workspace of each language and level can be built, with stubs and with answers.

    What a template may not have, an exercise that is none or stands elsewhere, and what it may not lack, building
    refuses.
    """
    for answers in (False, True):
        for edition in draft.editions(answers=answers):
            try:
                draft.files(edition)
            except CourseError as error:
                yield broken(draft.course, error)


def strays(draft: Draft) -> Iterator[Fault]:
    """Every template belongs to a module or a lesson of a unit."""
    course = draft.course
    modules = {course.root / "skeletons" / f"{module}.jinja" for unit in course.units for module in unit.modules}
    known = modules | {lesson_template(course, stem) for stem in lesson_stems(course)}
    for folder in ("skeletons", "lessons"):
        for file in sorted((course.root / folder).rglob("*")):
            if file.is_file() and file not in known:
                remedy = "name it in course.toml, or remove it"
                yield fault(course, file, "a template that a unit names", "one that nothing is made of", remedy)


def answers(draft: Draft) -> Iterator[Fault]:
    """A template with answers is the reference: to the letter, and in another language but for prose."""
    first, *others = draft.editions(answers=True)
    for module in student_modules(draft.course):
        reference = (draft.course.solutions / module).read_bytes()
        remedy = f"take what differs from {module} by <%= given(…) %>"
        if draft.files(first)[module] != reference:
            yield fault(draft.course, origin(draft.course, module), "the reference's text", "another", remedy)
        for edition in others:
            if code(draft.files(edition)[module].decode()) != code(reference.decode()):
                found = f"other code in {edition.language}"
                yield fault(draft.course, origin(draft.course, module), "the reference's code", found, remedy)


def python(draft: Draft) -> Iterator[Fault]:
    """What students get is Python, in every language at every level, whatever a template's starter says."""
    for edition in draft.editions():
        for path, source in python_sources(draft.files(edition)):
            try:
                ast.parse(source)
            except (SyntaxError, ValueError) as error:  # the latter where there are null bytes
                why = f"{error.msg}, line {error.lineno}" if isinstance(error, SyntaxError) else str(error)
                found = f"none ({why}) in {edition.language} at level {edition.level}"
                yield fault(draft.course, origin(draft.course, path), "Python", found, "correct it")


def cells(draft: Draft) -> Iterator[Fault]:
    """A lesson has the same cells in all languages, with the same code in them."""
    first, *others = (edition_of(draft.course, language) for language in draft.course.languages)
    for stem in lesson_stems(draft.course):
        template = lesson_template(draft.course, stem)
        wanted = _cells(draft, first, stem)
        yield from _repeated(draft.course, template, [cell_id for cell_id, *_ in wanted])
        for edition in others:
            if _cells(draft, edition, stem) != wanted:
                expected = f"the same cells and code in {first.language} and {edition.language}"
                remedy = "keep code outside of the languages' blocks, and as many cells in each"
                yield fault(draft.course, template, expected, "others", remedy)


def _repeated(course: Course, template: Path, ids: Sequence[str]) -> Iterator[Fault]:
    for cell_id in sorted({each for each in ids if ids.count(each) > 1}):
        yield fault(course, template, "an id for each cell", f'two cells "{cell_id}"', "rename the exercise")


def _cells(draft: Draft, edition: Edition, stem: str) -> list[tuple[str, str, str]]:
    """A lesson's cells: id, kind, and the code without prose."""
    found = notebook_cells(draft.files(edition)[notebook_path(stem)])
    return [(cell_id, kind, _code(source, kind)) for cell_id, kind, source in found]


def _code(source: str, kind: str) -> str:
    return code(source) if kind == "code" and not is_magic(source) else ""
