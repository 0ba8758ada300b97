"""The docstrings and comments of a Python source: what of it is prose."""

from __future__ import annotations

import ast
import inspect
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_DIRECTIVE = re.compile(r"#\s*(noqa|type:|mypy:|ruff:|fmt:|pragma:|%%)")

Lookup = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Prose:
    """A docstring or a block of comments in a source, with its texts: a docstring's paragraphs, or the one comment."""

    start: int  # offset of the first character
    end: int
    texts: tuple[str, ...]
    column: int
    source: str  # as it stands, from `start` to `end`

    def rendered(self, lookup: Lookup) -> str:
        """The source of the same prose with each text looked up; unchanged where nothing else was found."""
        found = tuple(lookup(text) for text in self.texts)
        if found == self.texts:
            return self.source
        return self._comment(found[0]) if self.source.startswith("#") else self._docstring(found)

    def _docstring(self, paragraphs: Sequence[str]) -> str:
        opening, content, closing = _literal(self.source)
        before = content[: len(content) - len(content.lstrip())]
        after = content[len(content.rstrip()) :]
        return opening + before + self._indented("\n\n".join(paragraphs)) + after + closing

    def _comment(self, text: str) -> str:
        return self._indented("\n".join(f"# {line}".rstrip() for line in text.split("\n")))

    def _indented(self, text: str) -> str:
        first, *others = text.split("\n")
        return "\n".join([first, *(" " * self.column + line if line else line for line in others)])


def is_directive(comment: str) -> bool:
    """Whether a comment speaks to a tool instead of a reader: `# noqa: …`, `# type: …`."""
    return _DIRECTIVE.match(comment) is not None


def prose(source: str, *, comments: bool = True) -> list[Prose]:
    """Every docstring and comment of a source, in order.

    Raises:
        SyntaxError: the source is not Python.
    """
    docstrings = _docstring_places(ast.parse(source))
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = [
        _prose(source, starts, [token], _paragraphs(token.string))
        for token in tokens
        if token.type == tokenize.STRING and (token.start[0], token.end[0]) in docstrings
    ]
    for block in _blocks(tokens) if comments else ():
        text = "\n".join(token.string[1:].removeprefix(" ") for token in block)
        found.append(_prose(source, starts, block, (text,)))
    return sorted(found, key=lambda item: item.start)


def _prose(source: str, starts: Sequence[int], tokens: Sequence[tokenize.TokenInfo], texts: tuple[str, ...]) -> Prose:
    (row, column), (end_row, end_column) = tokens[0].start, tokens[-1].end
    start, end = starts[row - 1] + column, starts[end_row - 1] + end_column
    return Prose(start=start, end=end, texts=texts, column=column, source=source[start:end])


def _docstring_places(tree: ast.Module) -> set[tuple[int, int]]:
    """First and last line of each docstring."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    documented = [node for node in ast.walk(tree) if isinstance(node, owners) and ast.get_docstring(node) is not None]
    return {(node.body[0].lineno, node.body[0].end_lineno or 0) for node in documented}


def _paragraphs(literal: str) -> tuple[str, ...]:
    return tuple(re.split(r"\n\s*\n", inspect.cleandoc(_literal(literal)[1])))


def _literal(literal: str) -> tuple[str, str, str]:
    """A string literal's opening, content and closing."""
    opening = literal[: len(literal) - len(literal.lstrip("rRuU"))]
    quotes = literal[len(opening)] * (3 if literal.endswith(('"""', "'''")) else 1)
    return opening + quotes, literal[len(opening + quotes) : -len(quotes)], quotes


def _blocks(tokens: Sequence[tokenize.TokenInfo]) -> Iterator[list[tokenize.TokenInfo]]:
    """Comments that belong together: full lines that follow each other at one indentation; any other one alone."""
    block: list[tokenize.TokenInfo] = []
    for token in tokens:
        if token.type != tokenize.COMMENT or is_directive(token.string):
            continue
        if block and not (_is_full_line(token) and _is_full_line(block[-1]) and _follows(block[-1], token)):
            yield block
            block = []
        block.append(token)
    if block:
        yield block


def _follows(first: tokenize.TokenInfo, second: tokenize.TokenInfo) -> bool:
    return (first.start[0] + 1, first.start[1]) == second.start


def _is_full_line(token: tokenize.TokenInfo) -> bool:
    return not token.line[: token.start[1]].strip()
