"""The course's templates: Jinja with its own delimiters, and texts in all languages side by side."""

from __future__ import annotations

import traceback
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.ext import Extension

from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2.parser import Parser

    from autograder.build.edition import Edition
    from autograder.model.course import Course
    from autograder.model.ids import Language


def render(course: Course, file: Path, edition: Edition, names: Mapping[str, Any] = MappingProxyType({})) -> str:
    """A template's text in one edition.

    Arguments:
        course: whose languages the template's blocks must have.
        file: the template.
        edition: the language and level to render.
        names: what the template may use besides `language`, `level`, `answers`, `package`, `title` and `units`.

    Raises:
        CourseError: the template is wrong, or something that it calls says so; names its file and line.
    """
    try:
        template = _template(course.languages, file.read_text(encoding="utf-8"))
        return template.render({**_common(course, edition), **names})
    except FileNotFoundError as error:
        raise CourseError(f"{file}: the template is missing") from error
    except UnicodeDecodeError as error:
        raise CourseError(f"{file}: is not UTF-8 ({error})") from error
    except TemplateSyntaxError as error:
        raise CourseError(f"{file}:{error.lineno}: {error.message}") from error
    except (CourseError, TemplateError, TypeError) as error:
        raise CourseError(f"{file}:{_line(error)}: {error}") from error


@lru_cache(maxsize=256)
def _template(languages: tuple[Language, ...], text: str) -> Template:
    """A template, once for all editions."""
    environment = Environment(  # noqa: S701 - renders Python and Markdown, never HTML
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<%=",
        variable_end_string="%>",
        comment_start_string="<%#",
        comment_end_string="%>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.add_extension(_side_by_side(languages))
    return environment.from_string(text)


def _side_by_side(languages: tuple[Language, ...]) -> type[Extension]:
    """The block `<% en %> … <% zh %> … <% end %>`, which must hold each of the languages once."""

    class SideBySide(Extension):
        """One text in each language, of which the template's `language` is shown."""

        tags = set(languages)  # noqa: RUF012 - Jinja declares it so

        def parse(self, parser: Parser) -> list[nodes.Node]:
            """Each language's part, shown where the template's language is that one."""
            line = parser.stream.current.lineno
            parts: dict[str, nodes.Node] = {}
            while parser.stream.current.value != "end":
                language = next(parser.stream).value
                if language in parts:
                    parser.fail(f'the block has "{language}" twice', line)
                body = parser.parse_statements(tuple(f"name:{name}" for name in (*languages, "end")))
                test = nodes.Compare(nodes.Name("language", "load"), [nodes.Operand("eq", nodes.Const(language))])
                parts[language] = nodes.If(test, body, [], [], lineno=line)
            next(parser.stream)
            if missing := [language for language in languages if language not in parts]:
                parser.fail(f"the block that begins here lacks {', '.join(missing)}", line)
            return list(parts.values())

    return SideBySide


def _common(course: Course, edition: Edition) -> dict[str, Any]:
    """What every template may name."""
    language = edition.language
    units = [
        {
            "id": unit.id,
            "title": unit.title[language],
            "modules": unit.modules,
            "lesson": unit.lesson,
            "exercises": [
                {"id": exercise.id, "target": str(exercise.target), "hints": exercise.hints.get(language, ())}
                for exercise in unit.exercises
            ],
        }
        for unit in course.units
    ]
    return {
        "language": language,
        "level": edition.level,
        "answers": edition.answers,
        "package": course.package,
        "title": course.title[language],
        "units": units,
    }


def _line(error: Exception) -> int | None:
    """The line of the template from which an error came: Jinja names it in the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == "<template>"), None)
