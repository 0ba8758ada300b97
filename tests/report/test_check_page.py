"""The instructor's page of a check."""

from msgspec.structs import replace

from autograder.model.verdict import Outcome
from autograder.report import check_page
from autograder.report.check_page import MAX_GROUPS
from autograder.report.sightings import sightings
from tests.report.reader import Page
from tests.report.samples import CHECKS, EXPECTED, NOTHING, RAISED, SLOW, failures_of, graded, site


def test_who_fails_is_named_in_groups():
    """Those who fail alike together, with a link each; the largest group first; and how it ended for all."""
    page = Page(check_page(CHECKS[4], failures_of(), None, site(students=["bob", "dan"])))
    assert "Passed 3 / 5" in page.text
    assert "1 × ✗ failed out.grad_fn.next_functions[1]: expected (None, 0), found nothing dan" in page.text
    assert "1 × ◔ took too long the check was stopped after 2 s bob" in page.text
    assert [link["href"] for link in page.all("a")][1:] == [
        "../index.html",
        "../students/bob.html",
        "../students/dan.html",
    ]


def test_a_difference_of_graphs_is_drawn():
    """With its steps in words, for the first of the group."""
    page = Page(check_page(CHECKS[2], failures_of(), None, site()))
    assert len(page.all("svg")) == 1
    assert "Missing: slot 0 of PowBackward0 should lead to AccumulateGrad(x)." in page.text


def test_what_the_reference_shows_is_told():
    """Each observation with its line of the check: the expected graph as a picture, values as Python writes them."""
    page = Page(check_page(CHECKS[3], failures_of([]), EXPECTED, site()))
    assert "Nobody." in page.text
    assert len(page.all("svg")) == 1
    assert "def test(): ... # nodes 3 " in page.text
    told = [seen.text for seen in sightings(CHECKS[3], EXPECTED, "en")]
    assert told == [
        "",
        "3",
        "7",
        "None",
        "no exception",
        "ValueError",
        "ValueError('no')",
        "['a', 'b']",
        "True",
        "False",
    ]


def test_the_source_is_closed_up():
    """What collecting left out of it leaves no gap."""
    check = replace(CHECKS[3], source="\n\nimport math\n\n\n\n\n\n\ndef test():\n    ...\n\n")
    assert '<pre tabindex="0">import math\n\n\ndef test():\n    ...</pre>' in check_page(
        check, failures_of(), None, site()
    )


def test_points_belong_to_hidden_checks():
    """A public one has none, and says that it is public."""
    hidden, public = (Page(check_page(CHECKS[place], failures_of(), None, site())).text for place in (4, 0))
    assert "hidden" in hidden
    assert "Points 2" in hidden
    assert "public" in public
    assert "Points" not in public


def test_titles_and_sentences_are_in_the_instructors_language():
    """The course's catalogue has the title, the machine's the rest."""
    titles = {"A long chain ends.": "长链也有尽头。"}
    page = Page(check_page(CHECKS[4], failures_of(), None, site("zh", translate=lambda text: titles.get(text, text))))
    assert "长链也有尽头。" in page.text
    assert "检查的源代码" in page.text


def test_many_ways_to_fail_are_counted():
    """Only the largest groups are shown with all that is known."""
    kinds = [Outcome.ERRORED, RAISED], [Outcome.TIMED_OUT, SLOW], [Outcome.FAILED, NOTHING]
    students = [graded(f"s{number}", {"test_loop": kinds[number]}) for number in range(3)]
    odd = [graded(letter, {"test_loop": (Outcome.FAILED, _odd(letter))}) for letter in "abcdefghijklmnopqrst"]
    page = Page(check_page(CHECKS[4], failures_of([*students, *odd]), None, site()))
    assert f"In other ways: {23 - MAX_GROUPS}" in page.text
    assert len(page.all("details")) - page.text.count("Where it was raised") == MAX_GROUPS


def _odd(letter):
    """A difference at a place of its own."""
    return replace(NOTHING, difference=replace(NOTHING.difference, path=f"x.{letter * 3}"))
