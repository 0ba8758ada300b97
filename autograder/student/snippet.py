"""A few lines of Python that end in what is to be drawn, as in `autograder draw "x * y + 1"`."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import CodeType

OUT = "out"
FIRST_VALUE = 2.0  # of the leaves that are made; each further one is 1 more


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Some Python, ready to run.

    Attributes:
        code: what runs.
        leaves: the names that it uses and nobody gives, each with a value for a leaf.
        out: the name of what is to be drawn.
    """

    code: CodeType
    leaves: dict[str, float]
    out: str


def read_snippet(source: str, known: Iterable[str], file: str) -> Snippet:
    """The snippet in a text; `known` are names that it may use anyway, `file` is what tracebacks call it.

    Raises:
        SyntaxError: it is no Python.
        UsageError: it ends in nothing that can be drawn.
    """
    tree = ast.parse(source, file)
    out = OUT
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        target = ast.Name(OUT, ast.Store())
        tree.body[-1] = ast.copy_location(ast.Assign([target], last.value), last)
        ast.fix_missing_locations(tree)
    elif isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        out = last.targets[0].id
    else:
        raise UsageError(f"{source!r} ends in nothing to draw: end it in an expression, or in `out = ...`")
    names = dict.fromkeys(_missing(tree, {*known, *vars(builtins)}))
    leaves = {name: FIRST_VALUE + number for number, name in enumerate(names)}
    return Snippet(code=compile(tree, file, "exec", dont_inherit=True), leaves=leaves, out=out)


def _missing(tree: ast.Module, known: set[str]) -> Iterator[str]:
    """The names that are read and nowhere given, in the order in which they stand in the text."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    given = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    given |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    given |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    given |= {(node.asname or node.name).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.alias)}
    for node in sorted(names, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(node.ctx, ast.Load) and node.id not in given | known:
            yield node.id
