"""A reference module cut into named pieces, so that a template can show a piece without keeping it twice."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.model.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HEADER = "header"

_Kinds = tuple[type[ast.stmt], ...]
_FUNCTIONS: _Kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS: _Kinds = (*_FUNCTIONS, ast.ClassDef)
_NAMED: _Kinds = (*_DEFINITIONS, ast.Assign, ast.AnnAssign)


@dataclass(frozen=True, slots=True)
class Span:
    """The lines of a piece, counted from 1, both ends included; not `is_whole` where a name has scattered pieces."""

    start: int
    end: int
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Pieces:
    """The named pieces of one module.

    Names: `header` (the lines before the first definition or assignment), `NAME`, `function`, `Class` (to its first
    method), `Class.member` and `Class.*` (all of it). Comment lines and decorators above a piece belong to it.
    """

    file: str  # as people name it
    lines: tuple[str, ...]
    spans: Mapping[str, Span]
    functions: frozenset[str]
    classes: frozenset[str]

    def piece(self, name: str) -> str:
        """The text of a piece without blank lines around it, indented as it is in the module.

        Raises:
            CourseError: the module has no such piece, or has it in several places.
        """
        span = self.spans.get(name)
        if span is None:
            raise CourseError(f'{self.file} has no piece "{name}"; it has: {", ".join(self.spans)}')
        if not span.is_whole:
            raise CourseError(f'{self.file} defines "{name}" in several places; put the definitions one after another')
        return "\n".join(self.lines[span.start - 1 : span.end])

    def answer(self, qualname: str) -> str:
        """The text of a function or of a whole class.

        Raises:
            CourseError: the module has no such function, method or class.
        """
        if qualname not in self.functions | self.classes:
            raise CourseError(f'{self.file} has no function, method or class "{qualname}"')
        return self.piece(f"{qualname}.*" if qualname in self.classes else qualname)


def cut(file: str, text: str) -> Pieces:
    """The pieces of a module's source.

    Raises:
        CourseError: the source is not Python.
    """
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise CourseError(f"{file}:{error.lineno}: is not Python ({error.msg})") from error
    lines = text.splitlines()
    spans = {HEADER: _head(lines, 1, tree.body, _NAMED)}
    for name, span in _spans(lines, tree.body):
        spans[name] = _joined(lines, spans[name], span) if name in spans else span
    return Pieces(
        file=file,
        lines=tuple(lines),
        spans=spans,
        functions=frozenset(_names(tree.body, _FUNCTIONS)),
        classes=frozenset(_names(tree.body, (ast.ClassDef,))),
    )


def _spans(lines: Sequence[str], body: Sequence[ast.stmt], prefix: str = "") -> Iterator[tuple[str, Span]]:
    """Each piece of a body in order, those of a class after the class itself."""
    for statement in body:
        if not (name := _name(statement)):
            continue
        start, end = _start(lines, statement), statement.end_lineno or statement.lineno
        if isinstance(statement, ast.ClassDef):
            yield prefix + name, _head(lines, start, statement.body, _DEFINITIONS, end)
            yield f"{prefix}{name}.*", Span(start, end)
            yield from _spans(lines, statement.body, f"{prefix}{name}.")
        else:
            yield prefix + name, Span(start, end)


def _head(lines: Sequence[str], start: int, body: Sequence[ast.stmt], kinds: _Kinds, end: int | None = None) -> Span:
    """From `start` to the last line that isn't blank before the first statement of these kinds, else to the end."""
    firsts = [_start(lines, statement) - 1 for statement in body if isinstance(statement, kinds)]
    return Span(start, _last_text(lines, firsts[0] if firsts else end or len(lines)))


def _joined(lines: Sequence[str], first: Span, second: Span) -> Span:
    """Two definitions of one name as one piece, when only blank lines lie between them."""
    is_adjacent = _last_text(lines, second.start - 1) == first.end
    return Span(first.start, second.end, is_whole=first.is_whole and is_adjacent)


def _last_text(lines: Sequence[str], line: int) -> int:
    while line > 0 and not lines[line - 1].strip():
        line -= 1
    return line


def _start(lines: Sequence[str], statement: ast.stmt) -> int:
    """The first line of a statement: its first decorator, or the comment lines that stand directly above."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    start = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    while start > 1 and lines[start - 2].lstrip().startswith("#"):
        start -= 1
    return start


def _name(statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return statement.name
    if isinstance(statement, ast.Assign):
        target: ast.expr = statement.targets[0]
    elif isinstance(statement, ast.AnnAssign):
        target = statement.target
    else:
        return None
    return target.id if isinstance(target, ast.Name) else None


def _names(body: Sequence[ast.stmt], kinds: _Kinds, prefix: str = "") -> Iterator[str]:
    """The qualified names of all definitions of these kinds, those inside classes too."""
    for statement in body:
        if isinstance(statement, kinds):
            yield f"{prefix}{_name(statement)}"
        if isinstance(statement, ast.ClassDef):
            yield from _names(statement.body, kinds, f"{prefix}{statement.name}.")
