"""Python sources, looked at without what translates: their docstrings and comments."""

from __future__ import annotations

import ast
import json
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return, ast.Delete)
_OWNERS = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def code(source: str) -> str:
    """A source without docstrings, comments and layout.

    Raises:
        SyntaxError: it is not Python.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _OWNERS) and ast.get_docstring(node) is not None:
            node.body[0] = ast.Pass()
    return ast.unparse(tree)


def python_sources(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The Python in a workspace, with the file it is in: modules and a notebook's cells, but for those with magics."""
    for path, data in files.items():
        if path.endswith(".py"):
            yield path, data.decode()
        elif path.endswith(".ipynb"):
            cells = [cell for cell in json.loads(data)["cells"] if cell["cell_type"] == "code"]
            yield from ((path, "".join(cell["source"])) for cell in cells if not is_magic("".join(cell["source"])))


@cache  # most of a workspace is the same in each of its editions
def statements(source: str) -> frozenset[str]:
    """Every simple statement of a source.

    Raises:
        SyntaxError: it is not Python.
    """
    nodes = ast.walk(ast.parse(code(source)))
    return frozenset(ast.unparse(node) for node in nodes if isinstance(node, _SIMPLE))


def is_magic(source: str) -> bool:
    """Whether a cell says something to IPython, so that it is not Python as a whole."""
    return any(line.lstrip().startswith(("%", "!")) for line in source.splitlines())
