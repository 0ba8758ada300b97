"""Docstrings and comments are translated, code is not."""

from __future__ import annotations

import pytest

from autograder.build.course import load_course
from autograder.build.messages import stale, untranslated, wanted_texts
from autograder.build.translation import catalogue_path, read_catalogue, texts, translate, update_catalogue
from autograder.model.errors import CourseError, UsageError
from tests.tiny_course import PURSE, write_course


@pytest.fixture
def course(tmp_path):
    """The tiny course, loaded."""
    return load_course(write_course(tmp_path))


def test_texts_are_paragraphs_and_blocks():
    """A docstring is looked up by paragraph, comments by block, tools' comments not at all."""
    source = '"""One.\n\nTwo\nlines.\n"""\n# a\n#\n#  b\nx = 1  # c\n# d\n# noqa: E501\ny = 2  # type: ignore[x]\n'
    assert list(texts(source)) == ["One.", "Two\nlines.", "a\n\n b", "c", "d"]
    assert list(texts(source, comments=False)) == ["One.", "Two\nlines."]


def test_an_empty_catalogue_changes_nothing():
    """Without translations a source stays as it is, to the letter."""
    assert translate(PURSE, {}) == translate(PURSE, {"other": "text"}) == PURSE


def test_translations_keep_place_and_indentation(course):
    """A translation stands where the English stood, with line breaks of its own."""
    text = translate(PURSE, {**read_catalogue(course, "zh"), "Take a coin in.": "收下\n一枚。"})
    assert (
        '        """收下\n        一枚。\n\n        目标：一枚也不丢。\n        """\n        # 钱包记住它。\n' in text
    )
    assert "    # 从零开始。\n    worth = EMPTY\n" in text


def test_raw_and_single_quoted_docstrings():
    """The literal's prefix and quotes are kept."""
    assert translate("def f():\n    r'Doc.'\n", {"Doc.": "文"}) == "def f():\n    r'文'\n"


def test_the_first_language_needs_no_catalogue(course):
    """What everything is written in has no translations."""
    assert read_catalogue(course, "en") == {}


def test_a_missing_catalogue_names_the_remedy(course):
    """A language without its catalogue is a fault."""
    catalogue_path(course, "zh").unlink()
    with pytest.raises(CourseError, match=r"zh\.po: the catalogue of translations is missing; .*translate --lang zh"):
        read_catalogue(course, "zh")


def test_a_broken_catalogue_is_named(course):
    """What isn't gettext is a fault."""
    catalogue_path(course, "zh").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(CourseError, match=r"zh\.po: is not a gettext catalogue"):
        read_catalogue(course, "zh")


def test_wanted_texts_come_from_everything_students_read(course):
    """Skeletons, answers of lessons, lesson cells, public checks, and hidden checks' docstrings are wanted."""
    wanted = wanted_texts(course)
    assert wanted["cents"] == "solutions/pocket/purse.py"
    assert wanted["The largest."] == "solutions/lessons/first_coins.py"
    assert wanted["in cents"] == "course/lessons/01_first_coins.md.jinja"
    assert wanted["empty so far"] == "course/checks/test_purse.py"
    assert wanted["A secret coin is kept."] == "solutions/checks/test_secret.py"
    assert "hidden comment" not in wanted
    assert "So many cents." not in wanted  # of a given module


def test_a_source_that_is_not_python_is_named(tmp_path):
    """A check file that doesn't parse is a fault with file and line."""
    course = load_course(write_course(tmp_path, ("course/checks/test_purse.py", "purse = torch", "purse torch")))
    with pytest.raises(CourseError, match=r"course/checks/test_purse\.py:7: is not Python"):
        wanted_texts(course)


def test_findings_name_what_is_missing_and_what_is_stale(course):
    """Missing and stale translations are told one by one."""
    path = catalogue_path(course, "zh")
    path.write_text(path.read_text("utf-8") + 'msgid "Gone."\nmsgstr "没了。"\n', encoding="utf-8")
    assert 'no translation into zh: "cents"' in [str(finding) for finding in untranslated(course)]
    assert not any("A purse of coins." in str(finding) for finding in untranslated(course))
    assert [str(finding) for finding in stale(course)] == ['translates what is nowhere: "Gone."']


def test_updating_keeps_what_is_translated(course):
    """After an update every text has an entry, translations stay, stale ones are comments; again changes nothing."""
    path = catalogue_path(course, "zh")
    path.write_text(path.read_text("utf-8") + 'msgid "Gone."\nmsgstr "没了。"\n', encoding="utf-8")
    before = read_catalogue(course, "zh")
    missing, obsolete = update_catalogue(course, "zh", wanted_texts(course))
    text = path.read_text("utf-8")
    assert (missing, obsolete) == (len(untranslated(course)), 1)
    assert '#~ msgid "Gone."' in text
    assert read_catalogue(course, "zh") == {key: value for key, value in before.items() if key != "Gone."}
    update_catalogue(course, "zh", wanted_texts(course))
    assert path.read_text("utf-8") == text


def test_a_first_catalogue_is_written(course):
    """A language that has none gets one."""
    catalogue_path(course, "zh").unlink()
    missing, _ = update_catalogue(course, "zh", {"One.": "a.py"})
    assert missing == 1
    assert 'msgid "One."' in catalogue_path(course, "zh").read_text("utf-8")


def test_the_first_language_is_not_translated_into(course):
    """The language that everything is written in has no catalogue to update."""
    with pytest.raises(UsageError, match='the course "tiny" is written in "en"; translate into zh'):
        update_catalogue(course, "en", {})
