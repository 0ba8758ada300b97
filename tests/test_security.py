"""`SECURITY.md` keeps its word: each promise names tests, and each test that it names is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TEXT = (TESTS.parent / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT)))
PROMISES = [line for line in TEXT.split("## What is not promised")[0].splitlines() if line.count("|") == 4]
HEADS = ("| promise |", "|---|", "| level |", "| `namespaces` |", "| `uid+landlock` |", "| `none` |")


def functions(file: Path) -> set[str]:
    """The names of the test functions in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize(("file", "name"), NAMED, ids="::".join)
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    """By its file and its own name."""
    assert name in functions(TESTS / file)


def test_each_promise_names_its_tests() -> None:
    """A row of the tables has a promise, a level and at least one test."""
    rows = [line for line in PROMISES if not line.startswith(HEADS)]
    assert rows
    assert [row for row in rows if "::test_" not in row.split("|")[3]] == []


@pytest.mark.parametrize("file", sorted(TESTS.glob("hostile/test_*.py")), ids=lambda file: file.stem)
def test_no_attack_is_without_a_promise(file: Path) -> None:
    """Each file of attacks shows at least one promise."""
    assert f"hostile/{file.name}" in {name for name, _ in NAMED}
