"""A roster gives students their names, and shows who is missing, unknown or named twice."""

import csv

import pytest

from autograder.grading.intake import Found
from autograder.grading.sources.listing import intake_csv
from autograder.grading.sources.roster import enrol, read_roster
from autograder.grading.sources.source import Discovery, late
from autograder.model.errors import UsageError

ROSTER = 'id,name,canvas,section\nada,"Lovelace, Ada",4711,1\nbob,Bob,4712,1\ncleo,Cleo,,1\n'


@pytest.fixture
def roster(tmp_path):
    """Read a roster of a text."""

    def read(text=ROSTER, encoding="utf-8"):
        (tmp_path / "roster.csv").write_bytes(text.encode(encoding))
        return read_roster(tmp_path / "roster.csv")

    return read


def handed_in(*students, notices=()):
    """Submissions of these students."""
    return Discovery(tuple(Found(student, None) for student in students), notices)


def test_students_are_called_as_the_roster_calls_them(roster):
    """Whichever of their names a platform uses."""
    enrolled = enrol(handed_in("lovelaceada_4711", "4712", "CLEO"), roster())
    assert [each.student for each in enrolled.submissions] == ["ada", "bob", "cleo"]
    assert (enrolled.missing, enrolled.notices) == ((), ())


def test_names_that_a_platform_gives_besides_are_tried_first(roster):
    """Gradescope has id, address and name."""
    discovery = Discovery((Found("x@uni.example", None, names=("unknown", "Cleo")),))
    assert enrol(discovery, roster()).submissions[0].student == "cleo"


def test_who_is_missing_and_who_is_unknown_is_listed(roster):
    """The unknown one is graded all the same, and told."""
    enrolled = enrol(handed_in("bob", "eve", notices=("a.txt: left aside",)), roster())
    assert [each.student for each in enrolled.submissions] == ["bob", "eve"]
    assert [str(each) for each in enrolled.submissions[1].findings] == ["the roster does not name this student"]
    assert enrolled.missing == ("ada", "cleo")
    assert enrolled.notices == (
        "a.txt: left aside",
        "eve: handed in, and is not on the roster",
        "ada: is on the roster, and handed in nothing",
        "cleo: is on the roster, and handed in nothing",
    )


def test_who_is_unknown_is_told_by_all_names(roster):
    """A number alone doesn't say whom to ask."""
    discovery = Discovery((Found("4799", None, names=("4799", "eve@uni.example", "Eve")),))
    assert enrol(discovery, roster()).notices[0] == "4799 (eve@uni.example, Eve): handed in, and is not on the roster"


def test_a_roster_without_headings(roster):
    """Its first student was taken for them, which is told when that student handed in."""
    enrolled = enrol(handed_in("ada", "bob"), roster("ada,4711\nbob,4712\n"))
    told = (
        "ada: handed in, and is not on the roster, whose first row was taken for headings: put a row of headings above"
    )
    assert enrolled.notices == (f"{told} it",)


@pytest.mark.parametrize(
    ("more", "several"), [("", "ada, bob"), ("cleo,4711\ndan,4711\n", "ada, bob, cleo and others")]
)
def test_students_who_share_a_number(roster, more, several):
    """A slip of the roster: whose submission it is can't be told, and the sentence says why."""
    enrolled = enrol(handed_in("lovelaceada_4711"), roster(f"id,canvas\nada,4711\nbob,4711\n{more}"))
    why = f"the roster leaves open whose it is: one name is shared by {several}; give each a name of their own"
    assert enrolled.notices[0] == f"lovelaceada_4711: handed in, and {why}"


def test_two_submissions_of_one_student_end_the_command(roster):
    """To choose one would be to lose the other."""
    with pytest.raises(UsageError, match="ada and x_4711 are two submissions of ada, by the roster: keep one of them"):
        enrol(handed_in("ada", "x_4711"), roster())


def test_a_student_who_stands_there_twice_counts_once(roster):
    """The row is named, and so is one without a student; empty rows are nothing."""
    found = roster("id,name\nada,Ada\nADA,Ada again\n,Nobody\n,\nbob,Bob\n")
    assert [row[0] for row in found.rows] == ["ada", "bob"]
    assert found.notices == (
        "roster.csv, row 3: names ADA again, left aside: the first row counts",
        "roster.csv, row 4: its first cell is empty, left aside: put the student's name there",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_roster_in_another_encoding(encoding, roster):
    """Names come out right."""
    assert roster("id\nJosé\n", encoding).rows == (("José",),)


def test_a_name_that_is_another_students_number(roster):
    """The first column goes before all others."""
    found = roster("id,canvas\n4711,4712\n4712,4711\n")
    assert [each.student for each in enrol(handed_in("4711"), found).submissions] == ["4711"]


def test_the_other_names_of_a_student(roster):
    """What a section shares is no name."""
    assert roster().names == {"ada": ("Lovelace, Ada", "4711"), "bob": ("Bob", "4712"), "cleo": ("Cleo",)}


def test_a_roster_without_students(roster):
    """The sentence says what it needs."""
    with pytest.raises(UsageError, match=r"roster\.csv: names no student; it needs a row of headings, and a row for"):
        roster("id,name\n")


def test_a_roster_that_is_not_there(tmp_path):
    """The sentence names it."""
    with pytest.raises(UsageError, match=r"roster\.csv: can't be read \(No such file or directory\); name the roster"):
        read_roster(tmp_path / "roster.csv")


def test_the_table_of_what_was_handed_in(tmp_path):
    """A row each, the missing last; nothing in it runs in a spreadsheet."""
    found = Found("=1+1", tmp_path / "x_1_2_a.zip", attempt=2, is_late=True, findings=(late("Canvas"),))
    rows = list(csv.reader(intake_csv(Discovery((found, Found("bob", None)), missing=("cleo",))).decode().splitlines()))
    assert rows == [
        ["student", "submission", "attempt", "late", "remarks"],
        ["'=1+1", "x_1_2_a.zip", "2", "late", "handed in late, as Canvas says"],
        ["bob", "", "1", "", ""],
        ["cleo", "", "", "", "nothing handed in"],
    ]
