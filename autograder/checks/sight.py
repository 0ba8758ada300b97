"""What a check's source says about each thing it sees, so that a difference is told as a path one can type."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TypeGuard

from autograder.model.record import Record


class Sight(Record, frozen=True):
    """One call of the observer: the text of its arguments, and the block under it for `see.raises`."""

    arguments: tuple[str, ...] = ()
    starred: int | None = None  # the place of the argument that is written `*outputs`
    block: str = ""

    def argument(self, index: int = 0) -> str:
        """The text that stands for one argument; inside `*outputs` it is an item of it."""
        if self.starred is not None and index >= self.starred:
            return f"{self.arguments[self.starred]}[{index - self.starred}]"
        return self.arguments[index] if index < len(self.arguments) else "see"


@lru_cache(maxsize=4096)  # more than a course has: asked for in turn, one too many would push out each
def sights(source: str) -> dict[int, Sight]:
    """Each line of a check's source on which something is seen, with what it says there."""
    found: dict[int, Sight] = {}
    nodes = list(ast.walk(ast.parse(source)))
    for node in nodes:
        if is_seeing(node):
            sight = _call(node)
            found.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), sight))
    for node in nodes:
        if isinstance(node, ast.With) and any(is_seeing(item.context_expr) for item in node.items):
            block = "; ".join(ast.unparse(statement).replace("\n", " ") for statement in node.body)
            found[node.lineno] = Sight(block=block if len(block) <= 100 else f"{block[:99]}…")
    return found


def is_seeing(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether a piece of source is a call of the observer."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "see"
    )


def _call(node: ast.Call) -> Sight:
    values = [value.value if isinstance(value, ast.Starred) else value for value in node.args]
    starred = [index for index, value in enumerate(node.args) if isinstance(value, ast.Starred)]
    return Sight(arguments=tuple(map(ast.unparse, values)), starred=starred[0] if starred else None)
