"""An answer becomes a stub: what a student sees in the place of the reference's own text."""

from __future__ import annotations

import ast
import io
import textwrap
import tokenize
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING

from autograder.build.comments import is_directive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Level(StrEnum):
    """How much of the reference a stub keeps."""

    GUIDED = "guided"  # signature, docstring and the step comments as an outline
    STANDARD = "standard"  # signature and docstring
    BARE = "bare"  # signature


def render_stub(answer: str, level: Level, starter: str = "raise NotImplementedError") -> str:
    """The stub of an answer: each function or method of it keeps its signature and ends in the starter body.

    Arguments:
        answer: the text of one function or class, at any indentation, with what stands above it.
        level: how much is kept.
        starter: the statements that a stub ends in, at any indentation.
    """
    lines = answer.splitlines()
    for function in reversed(list(_functions(answer))):
        start, end = function.lineno - 1, function.end_lineno or function.lineno
        lines[start:end] = _stub(lines[start:end], function, level, starter)
    return "\n".join(lines)


def _functions(answer: str) -> Iterator[_Function]:
    """The functions of an answer, or the methods of its classes, with line numbers of the answer."""
    is_indented = answer[:1].isspace()
    tree = ast.parse("if True:\n" + answer if is_indented else answer)
    ast.increment_lineno(tree, -1 if is_indented else 0)
    body = tree.body[0].body if is_indented and isinstance(tree.body[0], ast.If) else tree.body
    return _defined(body)


def _defined(body: Sequence[ast.stmt]) -> Iterator[_Function]:
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            yield from _defined(statement.body)
        elif isinstance(statement, _Function):
            yield statement


def _stub(lines: list[str], function: _Function, level: Level, starter: str) -> list[str]:
    """The lines of one function with its body replaced."""
    tokens = list(tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline))
    colon = _colon(tokens)
    body = [token for token in tokens if token.start >= colon.end]
    kept: list[str] = []
    if level is not Level.BARE and ast.get_docstring(function) is not None:
        kept.append(next(token.string for token in body if token.type == tokenize.STRING))
    if level is Level.GUIDED:
        kept += _steps(body, colon.end[0])
    kept += textwrap.dedent(starter).strip("\n").splitlines()
    indent = " " * (tokens[0].end[1] + 4) if tokens[0].type == tokenize.INDENT else "    "
    return [*_signature(lines, colon), *(indent + line if line else line for line in kept)]


def _colon(tokens: list[tokenize.TokenInfo]) -> tokenize.TokenInfo:
    """The colon that opens a function's body."""
    steps = ((token.string in {"(", "[", "{"}) - (token.string in {")", "]", "}"}) for token in tokens)
    depths = accumulate(steps)
    return next(token for token, depth in zip(tokens, depths, strict=True) if token.string == ":" and depth == 0)


def _signature(lines: list[str], colon: tokenize.TokenInfo) -> list[str]:
    """The lines up to the colon and a comment behind it; a body on the colon's line is left out."""
    row, column = colon.end
    behind = lines[row - 1][column:].strip()
    return [*lines[: row - 1], lines[row - 1] if behind.startswith("#") else lines[row - 1][:column]]


def _steps(body: list[tokenize.TokenInfo], colon_row: int) -> list[str]:
    """The full-line comments of a body."""
    return [
        token.string
        for token in body
        if token.type == tokenize.COMMENT and token.start[0] > colon_row
        if not token.line[: token.start[1]].strip() and not is_directive(token.string)
    ]
