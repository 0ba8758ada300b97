"""Scores as CSV, one result as JSON, and its schema."""

import csv
import io
import json

import msgspec
import pytest
from jsonschema import validate
from msgspec.structs import replace

from autograder.model.result import Result
from autograder.report import result_json, result_schema, scores_csv
from autograder.report.exports import number
from tests.report.samples import ANN, BOB, COURSE, DAN, RESULTS


def read(text: str) -> list[list[str]]:
    """The table's cells."""
    return list(csv.reader(io.StringIO(text)))


def test_one_line_a_student_and_one_column_a_unit():
    """The columns are those of the course, in its order."""
    assert read(scores_csv(RESULTS[:2], COURSE)) == [
        ["student", "edge", "node", "total", "max"],
        ["ann", "2", "4", "6", "6"],
        ["bob", "2", "0", "2", "6"],
    ]


def test_what_is_not_graded_stays_empty():
    """An ungraded check leaves its unit and the total open, and never counts as 0."""
    assert read(scores_csv([DAN[0]], COURSE))[1] == ["dan", "2", "", "", "6"]


def test_a_unit_that_was_not_run_stays_empty():
    """A result of a part of the course leaves the other units open."""
    assert read(scores_csv([replace(ANN[0], units=ANN[0].units[:1])], COURSE))[1] == ["ann", "2", "", "6", "6"]


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_a_name_is_never_a_formula(name):
    """A spreadsheet shows the name and runs nothing."""
    assert read(scores_csv([replace(ANN[0], student=name)], COURSE))[1][0] == f"'{name}"


@pytest.mark.parametrize("name", ["a,b", 'a"b', "李雷", "a\tb"])
def test_any_name_stays_in_its_cell(name):
    """Commas and quotes are part of a name."""
    assert read(scores_csv([replace(ANN[0], student=name)], COURSE))[1] == [name, "2", "4", "6", "6"]


@pytest.mark.parametrize("name", ["a\nb", "a\r\nb", "a\rb"])
def test_a_row_is_one_line(name):
    """A line break in a name is a space in the table."""
    assert read(scores_csv([replace(ANN[0], student=name)], COURSE))[1][0] == "a b"


def test_an_empty_class_has_a_heading():
    """No students, no rows."""
    assert scores_csv([], COURSE) == "student,edge,node,total,max\n"


@pytest.mark.parametrize(
    ("points", "text"), [(2.0, "2"), (1.5, "1.5"), (1 / 3, "0.3333"), (0.0, "0"), (1e6, "1000000")]
)
def test_points_as_people_write_them(points, text):
    """No trailing zeros, no exponents, four digits at most."""
    assert number(points) == text


def test_a_result_comes_back_from_its_json():
    """What is written is what is read, strictly."""
    text = result_json(BOB[0])
    assert msgspec.json.decode(text, type=Result) == BOB[0]
    assert text == result_json(BOB[0])
    assert text.startswith(b'{\n  "student": "bob",\n  "score": 2.0,')
    assert text.endswith(b"}\n")


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.student)
def test_every_result_fits_the_schema(result):
    """The schema describes what is written."""
    validate(json.loads(result_json(result)), json.loads(result_schema()))


def test_the_schema_names_every_field():
    """Fields and outcomes stand in the schema by name."""
    schema = json.loads(result_schema())
    definitions = schema["$defs"]
    assert set(definitions["Result"]["required"]) == {
        "student",
        "score",
        "max_score",
        "units",
        "checks",
        "findings",
        "level",
    }
    assert "timed out" in definitions["Outcome"]["enum"]
