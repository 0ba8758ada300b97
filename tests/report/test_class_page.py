"""The class's page."""

from dataclasses import replace

from msgspec import structs

from autograder.report import class_page
from autograder.report.classroom import bins_of, exercise_rates, misunderstood
from tests.report.reader import Page
from tests.report.samples import ANN, BOB, CLEO, DAN, KNOWN, RESULTS, failures_of, roll_of, site


def test_every_student_has_a_row_with_a_link():
    """Names lead to the students' pages, quoted."""
    pages = replace(site(), student_pages={"ann": "students/ann lee?.html"})
    page = Page(class_page(roll_of(), pages))
    assert "students/ann%20lee%3F.html" in [anchor["href"] for anchor in page.all("a")]
    assert all(result.student in page.text for result in RESULTS)
    assert len(page.all("tr")) == 1 + 2 * 2 + 1 + len(RESULTS)  # two units with an exercise each


def test_a_link_can_not_be_a_script():
    """Whatever is passed as a link is a path."""
    page = Page(class_page(roll_of([ANN]), replace(site(), student_pages={"ann": "javascript:alert(1)"})))
    assert "javascript%3Aalert%281%29" in [anchor["href"] for anchor in page.all("a")]


def test_totals_in_ten_steps():
    """A hundred percent belong to the last step."""
    assert [step.count for step in bins_of([0, 9, 10, 99, 100])] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_ungraded_students_are_counted_apart():
    """They are in no step of the distribution and have no total."""
    page = Page(class_page(roll_of([ANN, DAN]), site()))
    assert "1 Not graded yet" in page.text
    assert "dan – – 2 –" in page.text


def test_pass_rates_count_hidden_checks_alone():
    """Who fails only public checks passes; who has an ungraded check is not counted."""
    rates = {rate.id: (rate.passed, rate.graded) for rate in exercise_rates(roll_of(), site())}
    assert rates == {"edge.first": (4, 5), "node.first": (2, 4)}


def test_the_largest_group_comes_first():
    """Of each student's exercise the first failing check counts, once; it leads to the check's page."""
    groups = misunderstood(failures_of(), site())
    assert [(each.exercise, each.students, each.title) for each in groups] == [
        ("node.first", ("dan", "eve"), "A long chain ends."),
        ("node.first", ("bob",), "`x` is shared by both products."),
        ("edge.first", ("cleo",), "An edge without a node is not valid."),
    ]
    assert groups[0].sentence == "out.grad_fn.next_functions[1]: expected (None, 0), found nothing"
    assert groups[0].page == "checks/test_loop.html"


def test_what_students_probably_believe_is_said():
    """Where the course knows it, in the reader's language, with how it first shows."""
    known = roll_of(known=(KNOWN,))
    page = Page(class_page(known, site()))
    assert "Empty edges are left out." in page.text
    assert "It first shows as out.grad_fn.next_functions[1]: expected (None, 0), found nothing" in page.text
    assert "空边被省去了。" in Page(class_page(known, site("zh"))).text


def test_each_exercise_names_its_checks_with_their_rates():
    """Those with points first; each leads to its page."""
    page = Page(class_page(roll_of(), site()))
    assert "A long chain ends. 3 / 5" in page.text
    assert "An edge without a node is not valid. 4 / 5 · public" in page.text
    links = [anchor["href"] for anchor in page.all("a")]
    assert links.index("checks/test_equal.html") < links.index("checks/test_empty.html")


def test_many_students_with_one_difference_are_not_all_named():
    """Forty names, and how many more."""
    many = [(structs.replace(BOB[0], student=f"s{number}"), BOB[1]) for number in range(50)]
    page = Page(class_page(roll_of(many), site()))
    assert "s39 and 10 more" in page.text


def test_a_class_without_submissions_says_so():
    """No table, no chart, a sentence."""
    page = Page(class_page(roll_of([]), site()))
    assert "There are no submissions." in page.text
    assert not page.all("table")


def test_a_class_without_failures_says_so():
    """All passed."""
    assert "Nothing: every check passed." in Page(class_page(roll_of([ANN]), site())).text


def test_a_class_in_which_nothing_is_graded():
    """There is no median of nothing."""
    page = Page(class_page(roll_of([DAN]), site()))
    assert "Median" not in page.text


def test_everything_can_be_read_without_a_script():
    """The filter appears with the script; the rows are there without."""
    page = Page(class_page(roll_of([CLEO]), site()))
    (form,) = page.all("form")
    assert "hidden" in form
    assert ["hidden" in button for button in page.all("button")] == [True]
