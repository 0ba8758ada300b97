"""The class's page."""

from msgspec.structs import replace

from autograder.model.verdict import Outcome
from autograder.report import class_page
from autograder.report.classroom import bins_of, exercise_rates, shared_differences
from tests.report.reader import Page
from tests.report.samples import ANN, BOB, CHECKS, CLEO, COURSE, DAN, NOTHING, RESULTS, graded


def test_every_student_has_a_row_with_a_link():
    """Names lead to the students' pages, quoted."""
    links = {"ann": "students/ann lee?.html"}
    page = Page(class_page(RESULTS, CHECKS, COURSE, links=links))
    assert "students/ann%20lee%3F.html" in [anchor["href"] for anchor in page.all("a")]
    assert all(result.student in page.text for result in RESULTS)
    assert len(page.all("tr")) == 1 + 2 + 1 + len(RESULTS)


def test_a_link_can_not_be_a_script():
    """Whatever is passed as a link is a path."""
    page = Page(class_page([ANN[0]], CHECKS, COURSE, links={"ann": "javascript:alert(1)"}))
    assert "javascript%3Aalert%281%29" in [anchor["href"] for anchor in page.all("a")]


def test_totals_in_ten_steps():
    """A hundred percent belong to the last step."""
    assert [step.count for step in bins_of([0, 9, 10, 99, 100])] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]


def test_ungraded_students_are_counted_apart():
    """They are in no step of the distribution and have no total."""
    page = Page(class_page([ANN[0], DAN[0]], CHECKS, COURSE))
    assert "1 Not graded yet" in page.text
    assert "dan 2 – – –" in page.text


def test_pass_rates_count_hidden_checks_alone():
    """Who fails only public checks passes; who has an ungraded check is not counted."""
    rates = {rate.id: (rate.passed, rate.graded) for rate in exercise_rates(RESULTS, COURSE)}
    assert rates == {"edge.first": (4, 5), "node.first": (2, 4)}


def test_the_commonest_first_difference_comes_first():
    """Of each student's exercise the first failing check counts, once."""
    shared = shared_differences(RESULTS, CHECKS)
    assert [(each.exercises, each.students) for each in shared] == [
        (("node.first",), ("dan", "eve")),
        (("node.first",), ("bob",)),
        (("edge.first",), ("cleo",)),
    ]
    assert shared[0].cause == "out.grad_fn.next_functions[1]: expected (None, 0), found nothing"
    assert shared[0].title == "A long chain ends."


def test_one_cause_in_several_exercises_is_told_once():
    """With all exercises in which it is the first, and each student once."""
    result, _ = graded("fay", {each.function: (Outcome.FAILED, NOTHING) for each in CHECKS})
    (shared,) = shared_differences([result], CHECKS)
    assert (shared.exercises, shared.students) == (("edge.first", "node.first"), ("fay",))
    assert "edge.first + 1" in Page(class_page([result], CHECKS, COURSE)).text


def test_many_students_with_one_difference_are_not_all_named():
    """Forty names, and how many more."""
    many = [replace(BOB[0], student=f"s{number}") for number in range(50)]
    assert "s39 and 10 more" in Page(class_page(many, CHECKS, COURSE)).text


def test_a_class_without_submissions_says_so():
    """No table, no chart, a sentence."""
    page = Page(class_page([], CHECKS, COURSE))
    assert "There are no submissions." in page.text
    assert not page.all("table")


def test_a_class_without_failures_says_so():
    """All passed."""
    assert "Nothing: every check passed." in Page(class_page([ANN[0]], CHECKS, COURSE)).text


def test_a_class_in_which_nothing_is_graded():
    """There is no median of nothing."""
    page = Page(class_page([DAN[0]], CHECKS, COURSE))
    assert "Median" not in page.text


def test_everything_can_be_read_without_a_script():
    """The filter appears with the script; the rows are there without."""
    page = Page(class_page([CLEO[0]], CHECKS, COURSE))
    (form,) = page.all("form")
    assert "hidden" in form
    assert not page.all("button")
