"""The machine's sentences exist in every language, and the compiled catalogue is the written one."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import autograder
from autograder.checks.causes import parted
from autograder.checks.words import CUT, printed, words
from autograder.model.ids import Language
from autograder.model.language import FOLDER, translate
from autograder.probe import Candidate, run
from autograder.sandbox.inside.rehearsal import TASK

CATALOGUES = sorted(FOLDER.glob("*/LC_MESSAGES/autograder.po"))
REMEDY = "pybabel compile -d autograder/locale -D autograder"


def written(path: Path) -> dict[str, str]:
    """The sentences of a catalogue."""
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def sentences() -> set[str]:
    """Every text that stands in `sentence(...)` in the code or in `say(...)` in a template."""
    methods = [("**.py", "python"), ("**.jinja", "jinja2")]
    keywords = {"sentence": None, "say": None}
    found = extract_from_dir(Path(autograder.__file__).parent, methods, keywords=keywords)
    return {str(message) for _, _, message, _, _ in found}


def placeholders(text: str) -> set[str | None]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_sentence_is_translated(path: Path) -> None:
    """None is missing, none is stale, and each keeps its placeholders."""
    catalogue = written(path)
    assert sentences() - catalogue.keys() == set(), "add these to the catalogue"
    assert catalogue.keys() - sentences() == set(), "no code says these any more"
    assert [english for english, text in catalogue.items() if placeholders(english) != placeholders(text)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_the_compiled_catalogue_is_fresh(path: Path) -> None:
    """Or run what the message says."""
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {str(message.id): str(message.string) for message in read_mo(file) if message.id}
    assert compiled == written(path), REMEDY


def test_a_cause_is_said_in_the_readers_language() -> None:
    """The English sentence is the one that `str` gives; a language that has no catalogue is English."""
    cause = parted("out.grad_fn.next_functions[1]", "(None, 0)", None)
    assert (
        words(cause, Language("en")) == str(cause) == "out.grad_fn.next_functions[1]: expected (None, 0), found nothing"
    )
    assert words(cause, Language("zh")) == "out.grad_fn.next_functions[1]：应为 (None, 0)，实际什么也没有"
    assert words(cause, Language("tlh")) == str(cause)


def test_values_may_hold_braces() -> None:
    """They are filled in once, never read as placeholders."""
    assert translate("{path}: {found}", Language("en"), {"path": "{found}", "found": "{}"}) == "{found}: {}"


def test_where_output_was_cut_is_told_in_the_readers_language():
    """As the probe says it in English; what only looks like it stays, as does what is whole."""
    cut = run(TASK | {"source": "def test(torch, see):\n    print('x' * 9)\n"}, Candidate(), 4)["output"]
    assert printed(cut, Language("en")) == cut == "xxxx\n" + CUT.format(bytes=4)
    assert printed(cut, Language("zh")) == "xxxx\n[输出过长，只保留前 4 字节]"
    for whole in ("", "x", cut + "\n", CUT.format(bytes=4)):
        assert printed(whole, Language("zh")) == whole
