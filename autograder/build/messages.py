"""Which texts of a course its catalogues must translate, and where they fall short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.build.edition import Edition
from autograder.build.lessons import is_translated, lesson_cells, lesson_template
from autograder.build.naming import named
from autograder.build.reading import text_of
from autograder.build.reference import student_modules
from autograder.build.translation import catalogue_path, read_catalogue, texts
from autograder.checks.lessons import lesson_path
from autograder.model.errors import CourseError
from autograder.model.submission import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.model.course import Course


def wanted_texts(course: Course) -> dict[str, str]:
    """Each text that needs a translation, with the file that it comes from first.

    Raises:
        CourseError: a file is not Python, or a lesson's template is wrong.
    """
    wanted: dict[str, str] = {}
    for file, source, has_comments in _sources(course):
        try:
            found = list(texts(source, comments=has_comments))
        except SyntaxError as error:
            raise CourseError(f"{file}:{error.lineno}: is not Python ({error.msg})") from error
        for text in found:
            wanted.setdefault(text, file)
    return wanted


def untranslated(course: Course) -> tuple[Finding, ...]:
    """A finding for each text that a language's catalogue lacks.

    Raises:
        CourseError: a catalogue is missing or broken, or a source is wrong.
    """
    wanted = wanted_texts(course)
    return tuple(
        Finding(severity=Severity.PROBLEM, file=file, message='no translation into {language}: "{text}"', values=values)
        for language in course.languages[1:]
        for catalogue in [read_catalogue(course, language)]
        for text, file in wanted.items()
        if text not in catalogue
        for values in [{"language": language, "text": text}]
    )


def stale(course: Course) -> tuple[Finding, ...]:
    """A finding for each translation of a text that the course no longer has.

    Raises:
        CourseError: as `untranslated`.
    """
    wanted = wanted_texts(course)
    return tuple(
        Finding(
            severity=Severity.PROBLEM, file=file, message='translates what is nowhere: "{text}"', values={"text": text}
        )
        for language in course.languages[1:]
        for file in [named(course, catalogue_path(course, language))]
        for text in read_catalogue(course, language)
        if text not in wanted
    )


def _sources(course: Course) -> Iterator[tuple[str, str, bool]]:
    """Each Python source with prose that students read: its file, its text, and whether its comments are read too."""
    lessons = [unit.lesson for unit in course.units if unit.lesson]
    for name in (*student_modules(course), *map(lesson_path, lessons)):
        file = course.solutions / name
        if file.is_file():  # a lesson without exercises has none
            yield named(course, file), text_of(file), True
    edition = Edition(language=course.languages[0])
    for stem in lessons:
        for cell in lesson_cells(course, stem, edition):
            if is_translated(cell):
                yield named(course, lesson_template(course, stem)), cell.source, True
    for folder, has_comments in ((course.root / "checks", True), (course.solutions / "checks", False)):
        for file in sorted(folder.glob("*.py")):
            yield named(course, file), text_of(file), has_comments
