"""The course's catalogues: the prose of its Python sources in other languages, keyed by the English text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from autograder.build.comments import prose
from autograder.model.errors import CourseError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.course import Course
    from autograder.model.ids import Language

# Babel's own header holds dates and its version, with which each writing would differ.
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""

Catalogue = Mapping[str, str]  # English text -> translation; empty for the language that everything is written in


def catalogue_path(course: Course, language: Language) -> Path:
    """Where the catalogue of a language lies, whether or not it exists."""
    return course.root / "locale" / f"{language}.po"


def read_catalogue(course: Course, language: Language) -> Catalogue:
    """The translations into a language, without those still empty or marked fuzzy.

    Raises:
        CourseError: the catalogue is missing, or isn't a gettext catalogue.
    """
    if language == course.languages[0]:
        return {}
    messages = _read(catalogue_path(course, language), language)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}


def translate(source: str, catalogue: Catalogue) -> str:
    """A Python source with its docstrings and comments translated; what the catalogue lacks stays as it is.

    Raises:
        SyntaxError: the source is not Python.
    """
    if not catalogue:
        return source
    for item in reversed(prose(source)):
        translated = item.rendered(lambda text: catalogue.get(text, text))
        source = source[: item.start] + translated + source[item.end :]
    return source


def texts(source: str, *, comments: bool = True) -> Iterator[str]:
    """Every text of a Python source that a catalogue has to translate, in order.

    Raises:
        SyntaxError: the source is not Python.
    """
    for item in prose(source, comments=comments):
        yield from item.texts


def update_catalogue(course: Course, language: Language, wanted: Mapping[str, str]) -> tuple[int, int]:
    """Bring a language's catalogue up to date; translations that are there stay, stale ones are kept as comments.

    Arguments:
        course: whose catalogue.
        language: any of its languages but the first.
        wanted: each text with the file that it comes from.

    Returns:
        How many texts lack a translation, and how many translations are stale.

    Raises:
        UsageError: the course is written in this language.
        CourseError: the catalogue that is there isn't one.
    """
    if language == course.languages[0]:
        raise UsageError(f'the course "{course.id}" is written in "{language}"; translate into {_others(course)}')
    path = catalogue_path(course, language)
    catalog = _read(path, language) if path.exists() else Catalog(locale=language)
    template = Catalog(locale=language)
    for text, file in wanted.items():
        template.add(text, locations=[(file, 1)])
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    buffer = io.BytesIO(_HEADER.format(language=language).encode())
    buffer.seek(0, io.SEEK_END)
    write_po(buffer, catalog, width=0, include_lineno=False, omit_header=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())
    return sum(1 for message in catalog if message.id and not message.string), len(catalog.obsolete)


def _others(course: Course) -> str:
    return " or ".join(course.languages[1:]) or "a second language, named in course.languages"


def _read(path: Path, language: Language) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except FileNotFoundError as error:
        remedy = f"write it with `autograder translate --lang {language}`"
        raise CourseError(f"{path}: the catalogue of translations is missing; {remedy}") from error
    except (PoFileError, ValueError) as error:
        raise CourseError(f"{path}: is not a gettext catalogue ({error})") from error
