"""Each `raise` of the machine that says something is read by a test.

A message is read when three words of it, in a row, stand in a test; where several raises say the same, in as many
tests. Where a raise only passes on what something else says, there are no words of its own to read.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
MACHINE = [file for file in sorted((ROOT / "autograder").rglob("*.py")) if "starter" not in file.parts]
RUN = 3  # words in a row
LETTERS = 8  # in these words, so that they are not there by chance


@cache
def _nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def _constants(nodes: Iterable[ast.AST]) -> list[ast.Constant]:
    """The pieces of text among nodes."""
    return [each for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def _texts(node: ast.AST) -> list[str]:
    """The pieces of text below a node."""
    return [each.value for each in _constants(ast.walk(node))]


def _words(text: str) -> list[str]:
    """A text's words, without what stands between them, in a pattern too."""
    return re.findall(r"[\w']+", text)


@cache
def _named(file: Path | None = None) -> dict[str, list[str]]:
    """The texts that names stand for: those given to any name in a file, or to constants anywhere."""
    found: dict[str, list[str]] = {}
    for each in [file] if file else MACHINE:
        for statement in _nodes(each):
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                name = statement.targets[0].id
                if file or name.isupper():
                    found.setdefault(name, []).extend(_texts(statement.value))
    return found


def _runs(raised: ast.Raise, file: Path) -> set[str]:
    """Every few words in a row that a raise says itself; else those of the texts that it names."""
    owners = {id(each.value) for each in ast.walk(raised) if isinstance(each, ast.Attribute)}
    names = [each.id for each in ast.walk(raised) if isinstance(each, ast.Name) and id(each) not in owners]
    named = [text for name in names for text in _named(file).get(name) or _named().get(name, ())]
    return _in_a_row(_texts(raised)) or _in_a_row(named)


def _in_a_row(texts: list[str]) -> set[str]:
    pieces = [_words(piece) for text in texts for piece in re.split(r"\{\w*\}", text)]
    runs = {" ".join(words[at : at + RUN]) for words in pieces for at in range(max(1, len(words) - RUN + 1))}
    return {run for run in runs if sum(map(str.isalpha, run)) >= LETTERS}


def _raised() -> list[tuple[Path, ast.Raise]]:
    """Every raise of the machine but for those that only raise again, with its file."""
    nodes = [(file, node) for file in MACHINE for node in _nodes(file) if isinstance(node, ast.Raise)]
    return [(file, node) for file, node in nodes if node.exc is not None]


RAISES = {f"{file.relative_to(ROOT).as_posix()}:{node.lineno}": _runs(node, file) for file, node in _raised()}
# A sentence that has a name is one message, however many raises say it by that name.
NAMED = {frozenset(_runs(node, file)) for file, node in _raised() if not _in_a_row(_texts(node))}
SAID = Counter(chain(*NAMED, *(runs for runs in RAISES.values() if runs not in NAMED)))


@cache
def _read() -> str:
    """All text in the tests but for docstrings, patterns as what they match."""
    texts = []
    for file in sorted((ROOT / "tests").rglob("*.py")):
        docstrings = {id(each.value) for each in _nodes(file) if isinstance(each, ast.Expr)}
        texts += [text for text in _constants(_nodes(file)) if id(text) not in docstrings]
    return "\n".join(" ".join(_words(text.value)) for text in texts)


@pytest.mark.parametrize("place", [place for place, runs in RAISES.items() if runs])
def test_a_message_is_read_by_a_test(place):
    """Some test has a few words that it alone says; where it has none, as many tests as raises have the same."""
    own = {run for run in RAISES[place] if SAID[run] == 1} or RAISES[place]
    assert any(_read().count(run) >= SAID[run] for run in own), f"no test reads what {place} says"


def test_most_raises_say_something():
    """The rule is about something: most of the machine's raises have words of their own."""
    assert sum(bool(runs) for runs in RAISES.values()) > 0.7 * len(RAISES)
