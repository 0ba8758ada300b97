"""A student rebuilds each module of the course in an afternoon."""

import ast
import io
import tokenize
from pathlib import Path

import pytest

MYTORCH = Path(__file__).parents[2] / "solutions/mytorch"
LIMIT = 120  # lines of code
NO_CODE = {
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
}  # fmt: skip


def lines_of_code(text):
    """The lines that hold more than comments and docstrings."""
    explained = set()
    for each in ast.walk(ast.parse(text)):
        if isinstance(each, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(each) is not None:
            explained |= set(range(each.body[0].lineno, each.body[0].end_lineno + 1))
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - explained)


@pytest.mark.parametrize("modules", [("edge", "node"), ("recording",), ("accumulate_grad",), ("engine",)])
def test_the_modules_of_the_four_first_units_are_short(modules):
    """Graph, recording, accumulators and engine hold one idea each."""
    assert sum(lines_of_code((MYTORCH / f"{name}.py").read_text(encoding="utf-8")) for name in modules) < LIMIT


def test_comments_and_docstrings_are_no_code():
    """Nor are empty lines."""
    assert lines_of_code('"""Text."""\n\n# Why.\ndef f():\n    """More."""\n    return """\n    text\n    """\n') == 4
