"""What Canvas and Moodle let one download comes back with grades in one column, and nothing else changed."""

import csv
import io
from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.model.errors import UsageError
from autograder.model.mark import Action
from autograder.model.sheet import read_sheet
from autograder.model.verdict import Outcome
from autograder.report.exports.canvas import canvas_column
from autograder.report.exports.filling import decimal, fill
from autograder.report.exports.moodle import moodle_column
from tests.report.exports.classes import MARKED, by_hand, hidden, result

RECORDED = Path(__file__).parent
SHEETS = ("canvas.csv", "moodle_en.csv", "moodle_dates.csv", "moodle_de.csv", "moodle_zh.csv")


def recorded(name):
    """A download, and which column of it holds the grades."""
    sheet = read_sheet((RECORDED / name).read_bytes(), name)
    if name.startswith("canvas"):
        return sheet, canvas_column(sheet, name, "Autograd")
    return sheet, moodle_column(sheet, name)


def scored(student, score, most=6.0, outcome=Outcome.PASSED):
    """A result of one check."""
    one = result(hidden("test_a", "T", outcome, points=most), student=student)
    return replace(one, score=score)


def filled(name, *results, **options):
    """What comes of the download: cells, and notices."""
    found = fill(*recorded(name), results, **options)
    return list(csv.reader(io.StringIO(found.data.decode("utf-8-sig")))), found.notices


# ---- what both have in common


@pytest.mark.parametrize("name", SHEETS)
def test_one_cell_changes_and_no_other(name):
    """All other cells, the byte order mark and the order of rows are those of the download."""
    sheet, column = recorded(name)
    before = [list(row) for row in sheet.rows]
    after, _ = filled(name, scored("x_4711", 4.25))
    place = next(at for at in column.rows if "4711" in "".join(before[at]))
    before[place][column.place] = "4.25"
    assert after == before
    has_mark = fill(sheet, column, []).data.startswith(b"\xef\xbb\xbf")
    assert has_mark == (RECORDED / name).read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", SHEETS)
def test_without_results_nothing_changes(name):
    """Cell by cell."""
    sheet, column = recorded(name)
    assert read_sheet(fill(sheet, column, []).data, name).rows == sheet.rows


def test_who_is_not_in_the_table_is_named():
    """And how many of the table have no result."""
    _, notices = filled("moodle_zh.csv", scored("eve", 1.0))
    assert notices == (
        "eve: no row names this student, whose grade is not in the table",
        "1 of the table's 1 students have no result, left as they were",
    )


def test_of_many_who_are_not_in_the_table_some_are_named():
    """It may be another class's."""
    _, notices = filled("moodle_zh.csv", *(scored(f"s{number}", 1.0) for number in range(22)))
    assert notices[19].startswith("s19: no row names this student")
    assert notices[20] == "and so for 2 more; --roster can give their other names"


def test_a_student_may_have_other_names():
    """Those of the roster."""
    rows, notices = filled("moodle_zh.csv", scored("lei", 1.0), names={"lei": ("x", "lei@uni.example")})
    assert (rows[1][4], notices) == ("1", ())


def test_what_is_not_fully_graded_stays_open():
    """The old grade stays, and is never a zero."""
    rows, notices = filled("moodle_en.csv", scored("Bob_4712", 1.0, outcome=Outcome.UNGRADED))
    assert rows[2][7] == "3.50"
    assert notices[0] == "Bob_4712: not fully graded yet, left as it was"


def test_points_are_written_as_they_are_unless_they_are_to_be_scaled():
    """The table's highest grade may be another."""
    rows, notices = filled("moodle_zh.csv", scored("x_4711", 6.0, most=8.0))
    assert rows[1][4] == "6"
    assert notices[0].startswith(
        "the table's highest grade is 6, the course's 8: points are written as they are; --scale"
    )
    rows, notices = filled("moodle_zh.csv", scored("x_4711", 6.0, most=8.0), is_scaled=True)
    assert (rows[1][4], notices) == ("4.5", ())


def test_a_course_without_points_scales_to_nothing():
    """Zero of zero is written as zero."""
    rows, _ = filled("moodle_zh.csv", scored("x_4711", 0.0, most=0.0), is_scaled=True)
    assert rows[1][4] == "0"


def test_two_results_of_one_row():
    """To choose one would be to lose the other."""
    with pytest.raises(
        UsageError,
        match=r"ada_4711 and Ada Lovelace belong to one row of the table: give them names .* move its file out of",
    ):
        filled("moodle_en.csv", scored("ada_4711", 1.0), scored("Ada Lovelace", 2.0))


@pytest.mark.parametrize(("cell", "value"), [("6.00", 6.0), (" 6,5 ", 6.5), ("", None), ("-", None), ("n/a", None)])
def test_a_cells_number(cell, value):
    """With a point or a comma."""
    assert decimal(cell) == value


# ---- by hand


def excused(student, score, most):
    """A result of a student who is excused from something."""
    return replace(scored(student, score, most), marks=(by_hand("recording", action=Action.EXCUSED),))


def test_who_is_excused_from_everything_gets_no_zero():
    """Canvas has a word for it, Moodle has none."""
    rows, notices = filled("canvas.csv", excused("4711", 0.0, 0.0))
    assert (rows[3][6], [notice for notice in notices if "excused" in notice]) == ("EX", [])
    rows, notices = filled("moodle_en.csv", excused("Bob_4712", 0.0, 0.0))
    assert rows[2][7] == "3.50"
    assert "Bob_4712: excused, for which the table has no word: left as it was" in notices


def test_who_is_excused_from_a_part_has_points_of_fewer():
    """To the table they would be points of all, unless they are made a share."""
    sentence = "x_4711: excused from a part, has points of 3; --scale makes them a share of all"
    rows, notices = filled("moodle_zh.csv", excused("x_4711", 2.0, 3.0))
    assert (rows[1][4], sentence in notices) == ("2", True)
    rows, notices = filled("moodle_zh.csv", excused("x_4711", 2.0, 3.0), is_scaled=True)
    assert (rows[1][4], notices) == ("4", ())


COMMENTED = replace(MARKED, student="Participant 4711")
SAID = "Gradients are added.: by hand 1 / 2: Nearly, but &lt;see&gt; why.<br>Hooks run once.: excused<br>"


def test_comments_by_hand_go_to_moodle():
    """As the HTML that it reads, where nobody wrote anything before; doing it twice changes nothing."""
    rows, notices = filled("moodle_en.csv", COMMENTED)
    assert (rows[1][7], rows[1][13].startswith(SAID)) == ("2", True)
    assert not [notice for notice in notices if "comment" in notice]
    sheet, column = recorded("moodle_en.csv")
    once = fill(sheet, column, [COMMENTED]).data
    assert fill(read_sheet(once, "x.csv"), column, [COMMENTED]).data == once


def test_a_comment_that_somebody_wrote_stays():
    """And its student is named."""
    rows, notices = filled("moodle_en.csv", replace(COMMENTED, student="Participant 4712"))
    assert rows[2][13] == '<p>Well, "nearly"</p>'
    assert "Participant 4712: the table has another comment, left so; what was said by hand is not in it" in notices


def test_comments_have_a_column_that_is_named():
    """In a worksheet of another language."""
    sheet, _ = recorded("moodle_de.csv")
    column = moodle_column(sheet, "x.csv", comments="Feedback als Kommentar")
    assert fill(sheet, column, [COMMENTED]).data.decode("utf-8-sig").splitlines()[1].endswith('Well said."')
    with pytest.raises(UsageError, match="has not one column 'Kommentar'; name one of ID, "):
        moodle_column(sheet, "x.csv", comments="Kommentar")


@pytest.mark.parametrize("name", ["canvas.csv", "moodle_de.csv"])
def test_comments_without_a_column_are_counted(name):
    """So that nobody thinks they were given back."""
    _, notices = filled(name, replace(COMMENTED, student="4711"))
    assert "the table has no known column for comments by hand; students who have some: 1" in notices


# ---- Canvas
#
# Source: lib/gradebook_exporter.rb and lib/gradebook_importer.rb of github.com/instructure/canvas-lms. The exporter
# writes the headings; a row that says which assignments are posted by hand, where some are; a row of "    Points
# Possible"; the students by name; the test student last. Columns that a student is known by end with Section, then come
# the instructor's own, then the assignments as `title (id)`, then totals. The importer reads a point or a comma before
# the decimals, whatever stands between the cells.


LAYOUTS = [
    "Student,ID,SIS Login ID,Section,Lab (7)",
    "Student,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,Notes,Lab (7),Lab Current Score",
    "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section,Lab (7),Current Score (2026),Final Score (2026)",
    "Student,ID,SIS Login ID,Section,Lab (7),Unposted Final Grade (2026),Override Score (2026)",
]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_canvas_lays_its_table_out_in_several_ways(layout, delimiter):
    """Whichever columns the account has switched on; totals of a grading period are no assignment.

    Source: `csv_data` and `buffer_column_headers` of the exporter, `NON_ASSIGNMENT_COLUMN_HEADERS` of the importer.
    """
    headings = layout.split(",")
    place = headings.index("Lab (7)")
    maxima = ["    Points Possible", *[""] * (place - 1), "6", *["(read only)"] * (len(headings) - place - 1)]
    student = {"ID": "4711", "SIS Login ID": "ada@uni.example", "Student": '"Lovelace, Ada"', "Section": "Group 1"}
    rows = [headings, maxima, [student.get(heading, "") for heading in headings]]
    text = "\ufeff" + "".join(f"{delimiter.join(row)}\n" for row in rows)
    sheet = read_sheet(text.encode(), "x.csv")
    column = canvas_column(sheet, "x.csv")
    assert (column.place, column.maximum) == (place, 6.0)
    done = fill(sheet, column, [scored("lovelaceada_4711", 5.5)])
    assert read_sheet(done.data, "x.csv").rows[2][place] == "5.5"
    assert done.notices == ()


def test_canvas_test_student_is_a_row_like_others():
    """It stays where it is, as the last.

    Source: `enrollments_for_csv` of the exporter.
    """
    rows, _ = filled("canvas.csv", scored("4799", 1.0))
    assert (rows[-1][0], rows[-1][6]) == ("Student, Test", "1")


@pytest.mark.parametrize("student", ["lovelaceada_4711", "4711", "s-01", "ADA@uni.example", "Lovelace, Ada"])
def test_canvas_students_are_found_by_any_of_their_names(student):
    """By the number in the names of downloaded files above all."""
    assert filled("canvas.csv", scored(student, 5.5))[0][3][6] == "5.5"


@pytest.mark.parametrize("student", ["Group 1, Group 2", "Points Possible", "10", "75"])
def test_canvas_cells_that_are_no_names(student):
    """Sections, grades and the rows above the students name nobody."""
    assert filled("canvas.csv", scored(student, 5.5))[1][0].startswith(f"{student}: no row names this student")


def test_canvas_keeps_who_is_excused_or_not_assigned():
    """A grade would end it."""
    rows, notices = filled("canvas.csv", scored("4713", 5.0), scored("4714", 5.0))
    assert [row[6] for row in rows[5:7]] == ["EX", "N/A"]
    assert notices[:2] == (
        "4713: the table has EX instead of a grade, left so",
        "4714: the table has N/A instead of a grade, left so",
    )


@pytest.mark.parametrize("assignment", ["Autograd", "88121", "Autograd (88121)"])
def test_canvas_assignments_are_named_by_title_or_number(assignment):
    """The points possible are its maximum."""
    sheet, _ = recorded("canvas.csv")
    column = canvas_column(sheet, "canvas.csv", assignment)
    assert (column.place, column.maximum) == (6, 6.0)


def test_the_only_assignment_need_not_be_named():
    """Without one, there is no maximum either where the row of points is missing."""
    sheet = read_sheet(b"Student,ID,SIS Login ID,Section,Lab (7)\nAda,1,ada,A,\n", "x.csv")
    assert (canvas_column(sheet, "x.csv").place, canvas_column(sheet, "x.csv").maximum) == (4, None)


def test_nothing_is_scaled_to_no_maximum():
    """The sentence says which option to leave out."""
    sheet = read_sheet(b"Student,ID,SIS Login ID,Section,Lab (7)\nAda,1,ada,A,\n", "x.csv")
    with pytest.raises(
        UsageError, match="does not say the highest grade, so that nothing can be scaled to it: leave --scale"
    ):
        fill(sheet, canvas_column(sheet, "x.csv"), [], is_scaled=True)


def test_a_row_that_ends_early_is_filled():
    """As spreadsheets cut empty cells off."""
    sheet = read_sheet(b"Student,ID,SIS Login ID,Section,Lab (7)\nAda,1,ada\n", "x.csv")
    assert fill(sheet, canvas_column(sheet, "x.csv"), [scored("ada", 1.0)]).data.endswith(b"\nAda,1,ada,,1\n")


@pytest.mark.parametrize(
    ("assignment", "sentence"),
    [
        (None, r"canvas\.csv: name one of its assignments with --assignment: Essay \(88120\), Autograd \(88121\)"),
        ("Lab", r"canvas\.csv: 'Lab' is not one of its assignments with --assignment: Essay"),
    ],
)
def test_an_assignment_that_is_not_clear(assignment, sentence):
    """All are named."""
    sheet, _ = recorded("canvas.csv")
    with pytest.raises(UsageError, match=sentence):
        canvas_column(sheet, "canvas.csv", assignment)


def test_a_table_that_is_not_from_canvas():
    """The sentence says what is missing."""
    with pytest.raises(UsageError, match=r"x\.csv: is no gradebook that Canvas exported: its first row lacks ID or"):
        canvas_column(read_sheet(b"a,b\n", "x.csv"), "x.csv")


# ---- Moodle


@pytest.mark.parametrize(
    ("name", "place", "maximum"),
    [("moodle_en.csv", 7, 6.0), ("moodle_dates.csv", 8, 100.0), ("moodle_de.csv", 4, 6.0), ("moodle_zh.csv", 4, 6.0)],
)
def test_moodle_columns_are_known_by_what_stands_in_them(name, place, maximum):
    """Whatever language the headings are in, and whichever columns the assignment's settings add.

    Source: the columns and their order, `__construct` in mod/assign/gradingtable.php (github.com/moodle/moodle); two
    English downloads of 2026 as others describe them, one with groups and markers, one with dates of each participant;
    Chinese and German headings of mod_assign's language packs.
    """
    assert (recorded(name)[1].place, recorded(name)[1].maximum) == (place, maximum)


@pytest.mark.parametrize("name", [name for name in SHEETS if name.startswith("moodle")])
def test_moodle_calls_participants_by_a_number(name):
    """That of the downloaded folders, with or without a space before it.

    Source: `col_recordid` in mod/assign/gradingtable.php, which joins `hiddenuser` and the number; that word ends in a
    space in English alone.
    """
    assert "no row names" not in "".join(filled(name, scored("Somebody_4711", 1.0))[1])


def test_a_number_at_the_end_of_other_cells_is_no_name():
    """A login `bob7` is not participant 7."""
    sheet = read_sheet(b"Identifier,Full name,Grade,Maximum\nParticipant9,bob7,,6\n", "x.csv")
    filled = fill(sheet, moodle_column(sheet, "x.csv"), [scored("Ada_7", 1.0)])
    assert filled.notices[0].startswith("Ada_7: no row names this student")


@pytest.mark.parametrize("student", ["Ada Lovelace_4711", "4711", "ada@uni.example", "ada lovelace"])
def test_moodle_students_are_found_by_any_of_their_names(student):
    """By the number in the names of downloaded folders above all."""
    assert filled("moodle_de.csv", scored(student, 5.5))[0][1][4] == "5.5"


def test_moodle_columns_may_be_named():
    """By the heading as it stands in the table."""
    sheet, _ = recorded("moodle_de.csv")
    assert moodle_column(sheet, "x.csv", "Bewertung").place == 4


def test_a_moodle_column_that_does_not_exist():
    """All headings are named."""
    sheet, _ = recorded("moodle_de.csv")
    with pytest.raises(
        UsageError, match=r"x\.csv: has not one column 'Grade'; name one of ID, Vollständiger Name, E-M"
    ):
        moodle_column(sheet, "x.csv", "Grade")


@pytest.mark.parametrize("text", ["a,b,c,d\n1,x,2,y\n", "a,b,c,d,e\n1,x,2,5,5\n1,x,2,5,5\n", "a,b,c,d\n"])
def test_a_column_of_grades_that_is_not_clear(text):
    """None, or more than one: the sentence says how to name it."""
    with pytest.raises(
        UsageError, match=r"x\.csv: it can't be told which column holds the grades; say it with --column"
    ):
        moodle_column(read_sheet(text.encode(), "x.csv"), "x.csv")
