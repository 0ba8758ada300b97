"""A student's text and a newer one become one, and nothing of the student's is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autograder.student.merging import Clash, Merged, merge

BASE = '''\
def twice(n):
    """Two times n."""
    raise NotImplementedError


def thrice(n):
    raise NotImplementedError
'''
MINE = BASE.replace("raise NotImplementedError", "return n + n", 1)
TEXTS = st.lists(st.sampled_from("abcd"), max_size=7).map(lambda lines: "".join(f"{line}\n" for line in lines))


def test_an_answer_stays_below_a_docstring_worded_anew() -> None:
    """Changes that only touch each other don't clash."""
    newer = BASE.replace("Two times n.", "The double of n.").replace("def thrice", "# New.\ndef thrice")
    assert merge(BASE, MINE, newer) == Merged(text=newer.replace("raise NotImplementedError", "return n + n", 1))


def test_a_clash_keeps_the_students_lines_and_tells_the_courses() -> None:
    """With the line at which they stand in the merged text."""
    newer = "import math\n" + BASE.replace("raise NotImplementedError", "return NotImplemented", 1)
    merged = merge(BASE, MINE, newer)
    assert merged.text == "import math\n" + MINE
    assert merged.clashes == (Clash(line=4, newer=("    return NotImplemented",)),)


def test_lines_that_the_course_took_out_stay_where_they_were_changed() -> None:
    """The clash has no lines of the course's."""
    merged = merge("a\nb\nc\n", "a\nmine\nc\n", "a\nc\n")
    assert merged == Merged(text="a\nmine\nc\n", clashes=(Clash(line=2, newer=()),))


def test_the_same_change_is_made_once() -> None:
    """And what both put at one place clashes."""
    assert merge("a\n", "a\nb\n", "a\nb\n") == Merged(text="a\nb\n")
    assert merge("a\n", "a\nb\n", "a\nc\n").clashes == (Clash(line=2, newer=("c",)),)


def test_line_ends_are_the_students() -> None:
    """Windows' line ends are no change."""
    assert merge("a\nb\n", "a\r\nmine\r\n", "new\nb\n") == Merged(text="new\r\nmine\r\n")


@given(TEXTS, TEXTS, TEXTS)
def test_what_one_alone_changed_is_taken_whole(base: str, mine: str, newer: str) -> None:
    """Whoever it was; and where nothing clashes, who is called the student makes no difference."""
    assert merge(base, mine, base) == Merged(text=mine)
    assert merge(base, base, newer) == Merged(text=newer)
    assert merge(base, mine, mine) == Merged(text=mine)
    merged, mirrored = merge(base, mine, newer), merge(base, newer, mine)
    assert bool(merged.clashes) == bool(mirrored.clashes)
    assert merged.clashes or merged == mirrored


@given(TEXTS, st.lists(st.sampled_from("abcd*"), max_size=7), TEXTS)
def test_no_line_of_the_students_is_lost(base: str, lines: list[str], newer: str) -> None:
    """Each line that the student wrote anew is in the merged text once, in its order."""
    mine = [f"mine {place}" if line == "*" else line for place, line in enumerate(lines)]
    merged = merge(base, "".join(f"{line}\n" for line in mine), newer)
    fresh = [line for line in mine if line.startswith("mine")]
    assert [line for line in merged.text.splitlines() if line.startswith("mine")] == fresh
