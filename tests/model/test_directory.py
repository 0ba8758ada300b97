"""A student is found by any name that a table gives; what is no one's alone finds no one."""

import pytest

from autograder.model.directory import Directory

ROWS = (
    ("ada@uni.example", "Lovelace, Ada", "4711", "Section 1"),
    ("bob@uni.example", "O'Neil, Bob", "Participant 4712", "Section 1"),
    ("cle@uni.example", "Cléo", "", "4711x"),
)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("ada@uni.example", 0),
        ("ADA@uni.example ", 0),
        ("4711", 0),
        ("lovelaceada_4711", 0),  # as Canvas' files are named
        ("lovelaceada", 0),
        ("Ada Lovelace", 0),
        ("Ada Lovelace_4711", 0),  # as Moodle's folders are named
        ("4712", 1),
        ("oneilbob", 1),
        ("Cle\N{COMBINING ACUTE ACCENT}o", 2),
    ],
)
def test_any_name_finds_the_row(name, place):
    """Capitals, spaces around it and the way accents are written don't matter."""
    assert Directory(ROWS).find(name) == place


@pytest.mark.parametrize("name", ["Section 1", "1", "", "4713", "ada", "x4711"])
def test_what_is_nobodys_name_finds_nobody(name):
    """Neither what two rows share, nor a part of a name."""
    assert Directory(ROWS).find(name) is None


def test_the_first_name_that_is_known_counts():
    """Several names are tried in turn."""
    assert Directory(ROWS).find("nobody", "bob@uni.example", "4711") == 1


def test_a_name_that_rows_share_says_which():
    """So that somebody can tell them apart."""
    directory = Directory((("ada", "4711"), ("bob", "4711"), ("cleo", "4712")))
    assert directory.claimants("nobody", "lovelaceada_4711") == (0, 1)
    assert directory.claimants("4712") == ()
