"""What a student can paste to see what a check saw: the few lines that led there, and the place where it looked."""

from __future__ import annotations

import ast
from pathlib import PurePosixPath
from textwrap import dedent
from typing import TYPE_CHECKING

from autograder.checks.source import defined, find, parsed, uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.model.check import Check

SEE = "see"
NOT_AT_HAND = {SEE, "rng"}  # what only a check has
MOST_LINES = 15


def pasted(check: Check, line: int, path: str, package: str) -> tuple[str, ...]:
    """Lines that end in what the check looked at in that line; none where it takes more than a few.

    A lesson's own functions are not imported: they are there where one would paste this, in the lesson's notebook.
    """
    body = find(parsed(check.source), check.function).body
    looking = next((one for one in body if one.lineno <= line <= (one.end_lineno or 0)), None)
    if looking is None or not _is_look(looking):
        return ()
    code = [*_before(check, body[: body.index(looking)]), path]
    used = uses(ast.parse("\n".join(code)))
    given = [f"{name} = {value!r}" for name, value in check.arguments.items() if name in used]
    lines = [f"import {package} as torch", *_borrowed(check, used), *given, *"\n".join(code).splitlines()]
    return tuple(lines) if not used & NOT_AT_HAND and len(lines) <= MOST_LINES else ()


def _before(check: Check, statements: list[ast.stmt]) -> Iterator[str]:
    """What is done on the way, without looking."""
    lines = check.source.splitlines()
    for one in statements:
        if isinstance(one, ast.ImportFrom) and str(one.module).startswith("lessons."):
            continue
        if not _is_look(one):
            yield dedent("\n".join(lines[one.lineno - 1 : one.end_lineno]))
        elif isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            yield from (ast.unparse(each) for each in one.value.args if _does_something(each))


def _borrowed(check: Check, used: set[str]) -> Iterator[str]:
    """An import of what is used of the check's file."""
    known = frozenset().union(*(names for _, names in defined(check.source))) - {check.function}
    if known & used:
        yield f"from checks.{PurePosixPath(check.file).stem} import {', '.join(sorted(known & used))}"


def _is_look(statement: ast.stmt) -> bool:
    """Whether a statement is `see.…(…)`, or a block `with see.raises(…)`."""
    if isinstance(statement, ast.With):
        return SEE in uses(statement.items[0].context_expr)
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and SEE in uses(value.func)


def _does_something(argument: ast.expr) -> bool:
    return any(isinstance(inner, ast.Call) for inner in ast.walk(argument))
