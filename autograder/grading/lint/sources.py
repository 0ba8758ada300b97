"""Python sources, looked at without what translates: their docstrings and comments."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Delete)
_OWNERS = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def code(source: str) -> str:
    """A source without docstrings, comments and layout; as it is where it is not Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    for node in ast.walk(tree):
        if isinstance(node, _OWNERS) and ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
    return ast.unparse(tree)


def cells(notebook: bytes) -> list[tuple[str, str, str]]:
    """The cells of a notebook, each with its id, its kind and its source; none where it is no notebook."""
    try:
        found = msgspec.json.decode(notebook, type=_Notebook).cells
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return []
    return [(cell.id, cell.cell_type, "".join(cell.source)) for cell in found]


def python_sources(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The Python in a workspace, with the file it is in: modules and a notebook's cells, but for those with magics."""
    for path, data in files.items():
        if path.endswith(".py"):
            yield path, data.decode("utf-8", "replace")
        elif path.endswith(".ipynb"):
            yield from ((path, source) for _, kind, source in cells(data) if kind == "code" and not is_magic(source))


@cache  # most of a workspace is the same in each of its editions
def statements(source: str) -> frozenset[str]:
    """Every simple statement of a source; none where it is not Python."""
    try:
        nodes = ast.walk(ast.parse(code(source)))
    except (SyntaxError, ValueError):
        return frozenset()
    return frozenset(ast.unparse(node) for node in nodes if isinstance(node, _SIMPLE))


def is_magic(source: str) -> bool:
    """Whether a cell says something to IPython, so that it is not Python as a whole."""
    return any(line.lstrip().startswith(("%", "!")) for line in source.splitlines())


class _Cell(msgspec.Struct):
    cell_type: str
    id: str = ""
    source: str | list[str] = ""


class _Notebook(msgspec.Struct):
    cells: list[_Cell]
