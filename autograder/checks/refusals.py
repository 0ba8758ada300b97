"""What a check file may not hold, read from its text before anything of it runs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SETUP = ("setup", "teardown")  # and everything that begins so: `setup_module`, `teardown_function`


def faults(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Each line of a check file at which something stands that no check may have, with a sentence that says why."""
    for node in ast.walk(module):
        if isinstance(node, ast.Assert):
            yield node.lineno, "a check observes and never asserts; say see.value(...) in place of assert"
    for statement in module.body:
        yield from _statement_faults(statement)


def _statement_faults(statement: ast.stmt) -> Iterator[tuple[int, str]]:
    if isinstance(statement, ast.ClassDef) and statement.name.startswith("Test"):
        yield statement.lineno, f"class {statement.name}: a check is a function of the module"
    if isinstance(statement, ast.AsyncFunctionDef) and statement.name.startswith("test"):
        yield statement.lineno, f"{statement.name} is async; a check is a plain function"
    if not isinstance(statement, ast.FunctionDef):
        return
    if statement.name.startswith(SETUP):
        yield statement.lineno, f"{statement.name}: a check sets up what it needs in its own body"
    if any(_is_fixture(decorator) for decorator in statement.decorator_list):
        yield statement.lineno, f"{statement.name} is a fixture; a check has torch, see and rng, and no others"


def _is_fixture(decorator: ast.expr) -> bool:
    made = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(made).split(".")[-1] == "fixture"
