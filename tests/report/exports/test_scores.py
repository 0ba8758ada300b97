"""The class as a plain table."""

import csv
import io

import pytest
from msgspec.structs import replace

from autograder.report.exports.scores import scores_csv, units_of
from autograder.report.points import number
from autograder.report.roll import row
from tests.report.samples import ANN, DAN, RESULTS

UNITS = ("edge", "node")


def read(text: str) -> list[list[str]]:
    """The table's cells."""
    return list(csv.reader(io.StringIO(text)))


def test_one_line_a_student_and_one_column_a_unit():
    """The columns are those of the course, in its order."""
    assert read(scores_csv(map(row, RESULTS[:2]), UNITS)) == [
        ["student", "edge", "node", "total", "max"],
        ["ann", "2", "4", "6", "6"],
        ["bob", "2", "0", "2", "6"],
    ]


def test_what_is_not_graded_stays_empty():
    """An ungraded check leaves its unit and the total open, and never counts as 0."""
    assert read(scores_csv([row(DAN[0])], UNITS))[1] == ["dan", "2", "", "", "6"]


def test_a_unit_that_was_not_run_stays_empty():
    """A result of a part of the course leaves the other units open."""
    assert read(scores_csv([row(replace(ANN[0], units=ANN[0].units[:1]))], UNITS))[1] == ["ann", "2", "", "6", "6"]


def test_the_units_that_results_speak_of():
    """Where there is no course at hand, in the order in which they come."""
    assert units_of(map(row, RESULTS)) == UNITS


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_a_name_is_never_a_formula(name):
    """A spreadsheet shows the name and runs nothing."""
    assert read(scores_csv([row(replace(ANN[0], student=name))], UNITS))[1][0] == f"'{name}"


@pytest.mark.parametrize("name", ["a,b", 'a"b', "李雷", "a\tb"])
def test_any_name_stays_in_its_cell(name):
    """Commas and quotes are part of a name."""
    assert read(scores_csv([row(replace(ANN[0], student=name))], UNITS))[1] == [name, "2", "4", "6", "6"]


@pytest.mark.parametrize("name", ["a\nb", "a\r\nb", "a\rb"])
def test_a_row_is_one_line(name):
    """A line break in a name is a space in the table."""
    assert read(scores_csv([row(replace(ANN[0], student=name))], UNITS))[1][0] == "a b"


def test_an_empty_class_has_a_heading():
    """No students, no rows."""
    assert scores_csv([], UNITS) == "student,edge,node,total,max\n"


@pytest.mark.parametrize(
    ("points", "text"), [(2.0, "2"), (1.5, "1.5"), (1 / 3, "0.3333"), (0.0, "0"), (1e6, "1000000")]
)
def test_points_as_people_write_them(points, text):
    """No trailing zeros, no exponents, four digits at most."""
    assert number(points) == text
