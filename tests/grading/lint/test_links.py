"""The rule about links."""

from __future__ import annotations

import pytest

from tests.grading.lint.places import LESSON, PAGE, TITLE


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("[x](gone.md)", 'expected a file of the workspace, found "gone.md" (en)'),
        ("[x](#gone)", 'expected a heading, found "#gone" (en)'),
        (
            "[x](lessons/01_moving_average.ipynb#Gone)",
            'expected a heading, found "lessons/01_moving_average.ipynb#Gone"',
        ),
        ("[x](http://a.org)", 'expected an address that begins with https, found "http://a.org" (en)'),
        ("[x]\n\n[x]: ../outside.md", 'expected a file of the workspace, found "../outside.md" (en)'),
        ('<img src="a.png">', 'expected a file of the workspace, found "a.png" (en)'),
        ("![x](a.png)", 'expected a file of the workspace, found "a.png" (en)'),
        ("`averages/gone.py`", "expected a file of the workspace, found `averages/gone.py` (en)"),
    ],
)
def test_a_link_that_leads_nowhere_is_found(told, bend, link, words):
    """A file, a heading, a picture or a path that isn't in the workspace is told, once for each language."""
    bend(PAGE, TITLE, f"{link}\n\n{TITLE}")
    english, chinese = told("links")
    assert english.startswith(f"{PAGE}: {words}")
    assert "(zh)" in chinese


def test_a_lesson_s_links_are_seen_from_its_folder(told, bend):
    """A lesson in `lessons/` reaches the package by `../`."""
    bend(
        LESSON,
        "The function is yours",
        "[here](../averages/moving.py) [gone](averages/moving.py) The function is yours",
    )
    [sentence] = told("links")
    assert sentence.startswith(
        f'{LESSON}: expected a file of the workspace, found "averages/moving.py" (en); correct it'
    )


@pytest.mark.parametrize(
    "link",
    [
        "[x](https://a.org/b#c)",
        "[x](mailto:a@b.org)",
        "[x](averages/moving.py)",
        "[x](averages)",
        "[x](lessons/01_moving_average.ipynb#Your-own)",
        "[x](#moving-averages-by-building-one)",
        "`averages/moving.py`",
        "`numpy/gone.py`",
    ],
)
def test_a_link_that_leads_somewhere_is_left_in_peace(told, bend, link):
    """Files, folders and headings of the workspace, and secure addresses elsewhere."""
    bend(PAGE, "`autograder check` says", f"{link} `autograder check` says")
    bend(LESSON, "## 你自己的函数", "## Your own")
    assert told("links") == []
