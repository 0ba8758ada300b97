"""What holds for every page: sound HTML that runs nothing of others, reads without a script and names its language."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

import autograder.report
from autograder.model.language import translate
from autograder.model.verdict import Outcome
from autograder.report import check_page, class_page, feedback, feedback_page, student_page
from autograder.report.pages import OUTCOMES, percent, prose
from tests.report.reader import Page
from tests.report.samples import (
    BOB,
    CHECKS,
    CLASS,
    COURSE,
    EXPECTED,
    FINDING,
    NOTHING,
    SLOW,
    graded,
    roll_of,
    site,
)

TEMPLATES = Path(autograder.report.__file__).parent / "templates"
EVIL = "<img src=x onerror=alert(1)>\"'&{{7*7}}</style></title></script>"


def pages(student="bob", language="en", result=BOB[0], verdicts=BOB[1], checks=CHECKS) -> dict[str, str]:
    """Every kind of page of one class."""
    named = replace(result, student=student)
    told = feedback(named, verdicts, checks, COURSE, findings=(FINDING,), language=language)
    pages = site(language, checks, students=[student])
    roll = roll_of([*CLASS, (named, verdicts)], checks)
    return {
        "class": class_page(roll, pages),
        "student": student_page(named, verdicts, pages),
        "check": check_page(checks[3], roll.failures, EXPECTED, pages),
        "feedback": feedback_page(told),
    }


NAMES = ["class", "student", "check", "feedback"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_sound(name, language):
    """Tags are closed in their place, ids are single, labels lead somewhere, the language is named."""
    html = pages(language=language)[name]
    page = Page(html)
    assert page.errors == []
    assert html.startswith("<!doctype html>\n")
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) - html.count("<svg") == 1
    assert len(page.ids()) == len(set(page.ids()))
    labels = [label for _, attributes in page.elements for label in (attributes.get("aria-labelledby") or "").split()]
    assert set(labels) <= set(page.ids())


@pytest.mark.parametrize("name", NAMES)
def test_no_page_needs_a_network_or_lets_a_foreign_script_run(name):
    """Nothing is loaded from anywhere, and the policy names the page's own script alone."""
    page = Page(pages()[name])
    assert not page.all("link")
    assert not [image for image in page.all("img") if not image["src"].startswith("data:")]
    (policy,) = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert ("script-src 'sha256-" in policy) == (name == "class")
    assert ("script-src 'none'" in policy) == (name != "class")
    assert len(page.all("script")) == (name == "class")


@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_stays_text(name):
    """Names, causes, output, tracebacks, titles, hints and findings can't become elements."""
    cause = replace(NOTHING, values={"path": EVIL, "expected": EVIL}, traceback=EVIL)
    cause = replace(cause, difference=replace(NOTHING.difference, path=EVIL, expected=EVIL, found=EVIL))
    causes = {each.function: (Outcome.FAILED, cause) for each in CHECKS}
    finding = replace(FINDING, file=EVIL, values={"line": EVIL, "error": EVIL})
    result, verdicts = graded(EVIL, causes, (finding,))
    verdicts = tuple(replace(verdict, output=EVIL) for verdict in verdicts)
    checks = tuple(
        replace(each, title=EVIL, source=f"def test(): ...  # {EVIL}", hints={"en": EVIL}) for each in CHECKS
    )
    page = Page(pages(student=EVIL, result=result, verdicts=verdicts, checks=checks)[name])
    assert page.errors == []
    assert not page.all("img")
    assert "<img src=x onerror=alert(1)>" in page.text
    assert "{{7*7}}" in page.text


@pytest.mark.parametrize("name", NAMES)
def test_the_same_input_gives_the_same_bytes(name):
    """No date, no counter, no order of a set."""
    assert pages()[name] == pages()[name]


def test_every_outcome_has_a_symbol_and_a_word_of_its_own():
    """Colour is never the only sign."""
    assert set(OUTCOMES) == set(Outcome)
    assert (
        len({symbol for symbol, _ in OUTCOMES.values()}) == len({word for _, word in OUTCOMES.values()}) == len(Outcome)
    )


def test_one_check_is_no_plural():
    """Of those that passed."""
    assert "passed one check" in Page(pages()["feedback"]).text
    assert "passed 2 checks" in Page(pages()["student"]).text


def test_every_sentence_of_a_page_is_translated():
    """What a template says is in the Chinese catalogue."""
    said = {text for path in TEMPLATES.glob("*.jinja") for text in re.findall(r'say\("([^"]+)"', path.read_text())}
    said |= {word for _, word in OUTCOMES.values()}
    values = dict.fromkeys(("student", "count", "name", "when", "number"), "")
    assert len(said) > 40
    assert not [text for text in said if translate(text, "zh", values) == text.format_map(values)]


def test_code_in_prose():
    """Backticks mark code, and what is between them is escaped as well."""
    assert prose("`a < b` and <b>") == "<code>a &lt; b</code> and &lt;b&gt;"
    assert prose("one ` alone <") == "one ` alone &lt;"


@pytest.mark.parametrize(("score", "most", "share"), [(0, 6, 0), (2, 6, 33), (5.999, 6, 99), (6, 6, 100), (0, 0, 100)])
def test_only_all_points_are_a_hundred_percent(score, most, share):
    """Percentages are rounded down."""
    assert percent(score, most) == share


def test_a_slow_check_has_no_sides():
    """A cause without a difference is a sentence and nothing else."""
    result, verdicts = graded("fay", {"test_loop": (Outcome.TIMED_OUT, SLOW)})
    page = Page(student_page(result, verdicts, site()))
    assert "the check was stopped after 2 s" in page.text
    assert "Look at" not in page.text
