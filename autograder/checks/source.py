"""A check's source as a module of its own: the function, and what it uses of its file, each on its own lines."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = 64  # every check of a file asks for it again


@lru_cache(_FILES)
def parsed(source: str) -> ast.Module:
    """A file of checks as a tree, which nobody changes."""
    return ast.parse(source)


def standalone(source: str, function: str) -> str:
    """The check and the imports, helpers and constants that it uses, directly or through each other.

    Everything else is left out, blank lines in its place, so that line numbers stay those of the file. The check's
    decorators and docstring are left out too: no candidate needs to read them.
    """
    lines = source.splitlines()
    keep: set[int] = set()
    for statement in _needed(source, function):
        keep.update(range(_first_line(statement), (statement.end_lineno or statement.lineno) + 1))
    check = find(parsed(source), function)
    keep.difference_update(range(_first_line(check), check.lineno))
    if _is_docstring(check.body[0]) and len(check.body) > 1:
        keep.difference_update(range(check.body[0].lineno, (check.body[0].end_lineno or 0) + 1))
    return "\n".join(line if number in keep else "" for number, line in enumerate(lines, 1)).rstrip() + "\n"


def find(module: ast.Module, function: str) -> ast.FunctionDef:
    """The definition that a name has at the end of a module."""
    found = [node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == function]
    return found[-1]


def uses(node: ast.AST) -> set[str]:
    """All names that a piece of source mentions."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _needed(source: str, function: str) -> list[ast.stmt]:
    """The statements that a function rests on, in the file's order."""
    needed: list[ast.stmt] = []
    wanted = {function}
    rest = list(defined(source))
    while picked := [statement for statement, names in rest if wanted & names]:
        needed += picked
        rest = [(statement, names) for statement, names in rest if statement not in picked]
        wanted = set().union(*(_uses(statement, function) for statement in picked))
    return [statement for statement, _ in defined(source) if statement in needed]


@lru_cache(_FILES)
def defined(source: str) -> tuple[tuple[ast.stmt, frozenset[str]], ...]:
    """The statements of a file but for docstrings, each with the names that it gives a meaning to."""
    statements = (statement for statement in parsed(source).body if not _is_docstring(statement))
    return tuple((statement, frozenset(_defines(statement))) for statement in statements)


def _uses(statement: ast.stmt, function: str) -> set[str]:
    """The names that a statement needs when it runs; the check's own decorators have done their work by then."""
    if isinstance(statement, ast.FunctionDef) and statement.name == function:
        return set().union(*(uses(part) for part in [statement.args, *statement.body]))
    return uses(statement)


def _defines(statement: ast.stmt) -> Iterator[str]:
    """The names that a top-level statement gives a meaning to."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
        for alias in [] if is_future else statement.names:
            yield alias.asname or alias.name.split(".")[0]
    else:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _first_line(statement: ast.stmt) -> int:
    decorators = statement.decorator_list if isinstance(statement, ast.FunctionDef | ast.ClassDef) else []
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _is_docstring(statement: ast.stmt) -> bool:
    constant = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(constant, ast.Constant) and isinstance(constant.value, str)
