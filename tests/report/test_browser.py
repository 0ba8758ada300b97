"""Pages in a real browser: the class's of 2,000 students, and all of them on a telephone."""

import pytest
from msgspec.structs import replace

from autograder.report import class_page
from autograder.report.marking import said_page
from tests.report import browser
from tests.report.samples import CLASS, roll_of, site
from tests.report.test_pages import pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="Chromium is not installed"),
]

FIRST = "document.querySelector('#table tbody tr').innerText.replace(/\\s+/g, ' ').trim()"
VISIBLE = "[...document.querySelectorAll('#table tbody tr')].filter((row) => row.offsetParent).length"


def click(column: int) -> str:
    """A click on a column's heading, then the first row and the heading's state."""
    header = f"document.querySelectorAll('#table thead th')[{column}]"
    return f"{header}.querySelector('button').click(); [{FIRST}, {header}.getAttribute('aria-sort')]"


def type_in(text: str) -> str:
    """A text in the filter, then how many rows are seen and how many the page says there are."""
    return (
        f"words.value = '{text}'; words.dispatchEvent(new Event('input'));"
        f"[{VISIBLE}, document.querySelector('[role=status]').innerText]"
    )


MORE = f"more.click(); [{VISIBLE}, more.hidden]"
PRINTED = f"dispatchEvent(new Event('beforeprint')); const printed = {VISIBLE}; dispatchEvent(new Event('afterprint'));"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_is_wider_than_a_telephone(language, tmp_path):
    """What is wide scrolls in its own frame; a sentence with a check's long name is broken."""
    refusal = said_page("This was not done", f"test_nodes::test_{'long_' * 20} has 0 to 2 points", language)
    with browser.tab(tmp_path / "profile") as tab:
        tab.resize(390)
        for name, html in (pages(language=language) | {"refusal": refusal}).items():
            (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
            tab.open((tmp_path / f"{name}.html").as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def go_to(tab, stop):
    """Press Tab until a stop is reached."""
    for _ in range(100):
        if tab.evaluate(f"Boolean({stop})"):
            return
        tab.press("Tab")
    pytest.fail(f"no stop at which {stop}")


def test_the_page_of_the_class_needs_no_mouse(tmp_path):
    """The first stop skips to the content; headings sort, and what is folded opens, when Enter is pressed."""
    file = tmp_path / "index.html"
    file.write_text(class_page(roll_of(), site()), encoding="utf-8")
    with browser.tab(tmp_path / "profile") as tab:
        tab.open(file.as_uri())
        tab.press("Tab")
        assert tab.evaluate("document.activeElement.getAttribute('href')") == "#content"
        go_to(tab, "document.activeElement.closest('#differences ~ ul summary')")
        tab.press("Enter")
        assert tab.evaluate("document.activeElement.parentElement.open")
        go_to(tab, "document.activeElement.innerText === '%'")
        tab.press("Enter")
        assert tab.evaluate("document.activeElement.closest('th').getAttribute('aria-sort')") == "descending"


def test_the_table_is_sorted_and_filtered(tmp_path):
    """By a score first downwards, by name first upwards with numbers as numbers; the filter counts what it finds.

    No more rows are laid out than one reads, but all of them are printed.
    """
    students = [(replace(CLASS[number % 5][0], student=f"s{number}"), ()) for number in range(2000)]
    page = tmp_path / "index.html"
    page.write_text(class_page(roll_of(students), site(students=["s3"])), "utf-8")
    asked = [VISIBLE, click(1), click(1), click(0), click(0), type_in("s199"), type_in("nobody"), type_in("")]
    assert browser.evaluate(page, [*asked, MORE, f"{PRINTED} [printed, {VISIBLE}]"], tmp_path / "profile") == [
        250,
        ["s0 6 100 2 4", "descending"],
        ["s3 – – 2 –", "ascending"],
        ["s0 6 100 2 4", "ascending"],
        ["s1999 4 66 2 2", "descending"],
        [11, "11 / 2000"],
        [0, "0 / 2000"],
        [250, "2000 / 2000"],
        [500, False],
        [2000, 500],
    ]
