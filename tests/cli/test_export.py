"""`autograder export`: every format of a finished run, files and folders, refusals."""

import base64
import csv
import json
from functools import partial
from xml.etree import ElementTree as ET

import pytest

from autograder.report.exports.records import result_json
from tests.report.exports.classes import MIXED, OPEN, SECRET
from tests.report.samples import ANN, BOB

RUN = ("--from", "run")
CANVAS = "Student,ID,SIS Login ID,Section,Autograd (7)\nPoints Possible,,,,12\nAnn,1,ann,A,\nZoe,9,zoe,A,1\n"
MOODLE = "Identifier,Full name,Grade,Maximum grade\nParticipant 1,Ann,,12\nParticipant 2,Bob,,12\n"


@pytest.fixture
def run(typed, tmp_path):
    """Export a run of two students."""
    (tmp_path / "run" / "results").mkdir(parents=True)
    for result in (BOB[0], ANN[0]):
        (tmp_path / "run" / "results" / f"{result.student}.json").write_bytes(result_json(result))
    (tmp_path / "canvas.csv").write_text(CANVAS)
    (tmp_path / "moodle.csv").write_text(MOODLE)
    (tmp_path / "roster.csv").write_text("id,number\nann,1\nbob,2\n")
    return partial(typed, "export")


def refused(ended, *words):
    """Wrong usage: a sentence on stderr, nothing on stdout."""
    assert (ended.returncode, ended.stdout) == (2, ""), ended.stderr
    assert "Traceback" not in ended.stderr
    assert all(word in ended.stderr for word in words), ended.stderr


def test_a_table(run):
    """To the terminal, students in the order of their names."""
    assert run("csv", *RUN).stdout == "student,edge,node,total,max\nann,2,4,6,6\nbob,2,0,2,6\n"


def test_all_results_as_json(run, tmp_path):
    """Into a file, made together with its folder."""
    ended = run("json", *RUN, "--into", "new/all.json")
    assert ended.stdout == "new/all.json: written\n"
    assert [each["student"] for each in json.loads((tmp_path / "new/all.json").read_text())] == ["ann", "bob"]


def test_a_file_for_each_student(run, tmp_path):
    """In a folder, named as in the run."""
    ended = run("junit", *RUN, "--into", "out")
    assert ended.stdout == "out: 2 files written\n"
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"ann.xml", "bob.xml"}
    assert ET.parse(tmp_path / "out/bob.xml").getroot()[0].get("name") == "bob"


def test_one_student_alone(run):
    """To the terminal, as GitHub's reporter wants it."""
    told = json.loads(base64.b64decode(run("github-classroom", *RUN, "--student", "ann").stdout))
    assert (told["status"], told["max_score"]) == ("pass", 6)


def test_gradescope_for_each_student(run, tmp_path):
    """When hidden checks are shown is an option; who isn't fully graded gets no file, and so no zero."""
    for name, result in (("mixed", MIXED), ("open", OPEN)):
        (tmp_path / f"run/results/{name}.json").write_bytes(
            result_json(result).replace(b'"ada"', f'"{name}"'.encode(), 1)
        )
    ended = run("gradescope", *RUN, "--into", "out", "--hidden-checks", "hidden")
    assert ended.stderr == "autograder: open: not fully graded yet, no file is written\n"
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"ann.json", "bob.json", "mixed.json"}
    text = (tmp_path / "out/mixed.json").read_text()
    assert SECRET not in text
    assert {test["visibility"] for test in json.loads(text)["tests"]} == {"hidden", "visible"}


def test_canvas_by_a_roster(run):
    """Grades stand in the assignment's column; what is odd is told on stderr."""
    ended = run("canvas", "canvas.csv", *RUN, "--roster", "roster.csv", "--scale")
    assert [row[4] for row in csv.reader(ended.stdout.splitlines())] == ["Autograd (7)", "12", "12", "1"]
    assert "autograder: bob: no row names this student, whose grade is not in the table" in ended.stderr
    assert "autograder: 1 of the table's 2 students have no result, left as they were" in ended.stderr


def test_moodle_into_a_file(run, tmp_path):
    """The download is left as it is."""
    ended = run("moodle", "moodle.csv", *RUN, "--into", "upload.csv")
    assert (tmp_path / "upload.csv").read_text().endswith("Participant 1,Ann,6,12\nParticipant 2,Bob,2,12\n")
    assert (tmp_path / "moodle.csv").read_text() == MOODLE
    assert "the table's highest grade is 12, the course's 6" in ended.stderr


def test_a_run_that_is_none(run):
    """The sentence names the folder."""
    refused(run("csv", "--from", "nowhere"), "nowhere: holds no results; name the folder that `autograder grade` wrote")


def test_a_result_that_is_damaged(run, tmp_path):
    """The file is named, and nothing is written."""
    (tmp_path / "run/results/bob.json").write_text('{"student": 1}')
    refused(run("json", *RUN), "run/results/bob.json: is no result (", "grade again with --out run")
    refused(run("json", *RUN, "--into", "all.json"), "run/results/bob.json: is no result (")
    assert not list(tmp_path.glob("*all.json*"))


def test_a_student_who_is_none(run):
    """All students are named."""
    refused(run("junit", *RUN, "--student", "eve"), "no result is eve's; the students are ann, bob")


def test_neither_student_nor_folder(run):
    """A file for each needs a place."""
    refused(run("junit", *RUN), "name a student with --student, or a folder for the files of all with --into")


def test_a_table_that_is_not_there(run):
    """The sentence names it."""
    refused(
        run("canvas", "nowhere.csv", *RUN), "nowhere.csv: can't be read (No such file or directory); name the table"
    )


def test_a_place_that_can_not_be_written(run):
    """The sentence names it, and nothing was changed."""
    refused(run("csv", *RUN, "--into", "canvas.csv/x.csv"), "canvas.csv/x.csv can't be written")
