"""An instructor at work, in a real browser."""

from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from autograder.model.mark import Mark
from tests.report import browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.CHROMIUM is None, reason="Chromium is not installed"),
]

FORM = "document.getElementById('mark-test_node::test_constant').querySelector('form')"
SAID = "document.querySelector('.said')?.innerText"
TOTAL = "document.querySelector('.figures dd').innerText"


@contextmanager
def opened(address, profile):
    """A browser in which the address was opened."""
    with browser.tab(profile) as tab:
        tab.open(address)
        tab.wait("location.search === '' && document.getElementById('table')")
        yield tab


@pytest.fixture
def tab(address, tmp_path):
    """One browser."""
    with opened(address, tmp_path / "profile") as tab:
        yield tab


def follow(tab, link):
    """Click on a link, and wait for its page."""
    tab.evaluate(f"[...document.links].find((each) => each.innerText === '{link}').click()")
    tab.wait(f"document.title.includes('{link}')")


def send(tab, form, button):
    """Press one of a form's buttons, and wait for what the next page says."""
    tab.evaluate("document.querySelector('.said')?.remove()")
    tab.evaluate(f"{form}.querySelector('button[value={button}]').click()")
    tab.wait("document.querySelector('.said')")
    return tab.evaluate(SAID)


def test_a_mark_is_given_withdrawn_and_released(tab, desk, run):
    """From the list to the student, and back."""
    assert "token" not in tab.evaluate("location.href + document.cookie")
    follow(tab, "bob")
    assert tab.evaluate("document.querySelector('.answer .markdown').innerText") == "Since edges have *slots*."
    tab.evaluate(f"{FORM}.points.value = '1.5'; {FORM}.comment.value = '差一点 <b>'")
    assert "The mark is kept." in send(tab, FORM, "given")
    assert tab.evaluate("decodeURIComponent(location.hash)") == "#mark-test_node::test_constant"
    assert "3.5" in tab.evaluate(TOTAL)
    assert tab.evaluate(f"{FORM}.comment.value") == "差一点 <b>"
    assert "Feedback released: 1" in send(tab, "document", "release")
    assert "差一点 &lt;b&gt;" in (run / "feedback/bob.html").read_text("utf-8")
    send(tab, FORM, "withdrawn")
    assert "2 " in tab.evaluate(TOTAL)
    assert "changed since" in tab.evaluate("document.body.innerText")
    assert [(mark.action, mark.by) for mark in desk.gradebook.marks("bob")] == [("given", "Ada"), ("withdrawn", "Ada")]


def test_two_browsers_mark_one_student(tab, address, desk, tmp_path):
    """Neither's mark is lost: the later counts, and both see both, with the page that they have or the next."""
    with opened(address, tmp_path / "other") as other:
        for each in (tab, other):
            follow(each, "bob")
        for each, points in ((tab, "1"), (other, "1.5")):
            each.evaluate(f"{FORM}.points.value = '{points}'")
            assert "The mark is kept." in send(each, FORM, "given")
        tab.open(tab.evaluate("location.href.split('?')[0]"))
        tab.wait(f"{FORM}.points.value === '1.5'")
        history = f"[...{FORM}.parentElement.querySelectorAll('li .points')].map((each) => each.innerText)"
        assert tab.evaluate(history) == other.evaluate(history) == ["1 / 2", "1.5 / 2"]
    assert [mark.points for mark in desk.gradebook.marks("bob")] == [1, 1.5]


def test_everybody_gets_their_feedback(tab, desk):
    """By one button; the list says when, and can be filtered."""
    assert "Feedback released: 5" in send(tab, "document", "release")
    assert tab.evaluate("document.querySelector('#table tbody tr').innerText").split("\t")[3].endswith("UTC, Ada")
    tab.evaluate("words.value = 'ev'; words.dispatchEvent(new Event('input'))")
    assert tab.evaluate("document.querySelectorAll('#table tbody tr').length") == 1


def test_the_browser_refuses_points_that_a_check_has_not(tab, desk):
    """Before anything is sent."""
    follow(tab, "bob")
    assert tab.evaluate(f"{FORM}.points.value = '7'; {FORM}.checkValidity()") is False
    assert tab.evaluate(f"{FORM}.points.value = ''; {FORM}.checkValidity()") is False


def test_a_student_of_long_words_fits_a_telephone(tab, desk):
    """Marks on checks that are gone are told by the checks' long names."""
    check = next(check for check in desk.plan.checks if check.id == "test_node::test_constant")
    gone = replace(check, id="test_node::test_" + "long_" * 20)
    course = desk.plan.course
    desk.gradebook.mark(Mark(student="bob", target=gone.id, by="Ada", at=desk.now(), points=1), course, [gone])
    follow(tab, "bob")
    tab.resize(390)
    assert "long_long_" in tab.evaluate("document.body.innerText")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.skipif(not browser.AXE.exists(), reason="axe-core is not installed: see .ci/run")
def test_no_page_has_a_serious_fault(tab):
    """The list, a student with forms, a refusal; in the light and in the dark."""
    found = {}
    for name, link in (("list", None), ("student", "bob"), ("refusal", None)):
        if link:
            follow(tab, link)
        if name == "refusal":
            tab.evaluate("location.assign('/nowhere')")
            tab.wait("document.title === 'This was not done'")
        for scheme in ("light", "dark"):
            tab.emulate(scheme=scheme)
            found[name, scheme] = tab.serious_faults()
    assert found == {(name, scheme): [] for name in ("list", "student", "refusal") for scheme in ("light", "dark")}
