"""Moodle's grading worksheet says who handed in late, where it lies beside the submissions or is the roster."""

import shutil
from pathlib import Path

import pytest

from autograder.grading.sources.discovery import discover
from autograder.grading.sources.roster import enrol, read_roster
from autograder.grading.sources.worksheet import participants
from autograder.model.sheet import read_sheet

RECORDED = Path(__file__).parents[2] / "report" / "exports"
LATE = "handed in late, as Moodle says"


@pytest.fixture
def folder(tmp_path):
    """Two submissions as Moodle lets one download them."""
    for name in ("Ada Lovelace_4711", "Bob O'Neil_4712"):
        (tmp_path / f"{name}_assignsubmission_file_").mkdir()
    return tmp_path


def late(discovery):
    """Each student's lateness, and what is said to them."""
    return {each.student: (each.is_late, [str(one) for one in each.findings]) for each in discovery.submissions}


@pytest.mark.parametrize("name", ["moodle_en.csv", "moodle_dates.csv"])
def test_a_worksheet_beside_the_submissions_marks_who_was_late(folder, name):
    """As Canvas' file names do; it is no submission itself."""
    shutil.copy(RECORDED / name, folder / "Grades-A101-Autograd-8.csv")
    discovery = discover(folder)
    assert late(discovery) == {"Ada Lovelace_4711": (False, []), "Bob O'Neil_4712": (True, [LATE])}
    assert discovery.notices == ()


def test_a_worksheet_beside_a_single_submission(folder):
    """One of two entries is still a download from Moodle."""
    (folder / "Ada Lovelace_4711_assignsubmission_file_").rmdir()
    shutil.copy(RECORDED / "moodle_en.csv", folder)
    assert late(discover(folder)) == {"Bob O'Neil_4712": (True, [LATE])}


def test_a_worksheet_as_roster_marks_who_was_late(folder):
    """Students are called as without it, since its first column has numbers alone; who handed in nothing is listed."""
    enrolled = enrol(discover(folder), read_roster(RECORDED / "moodle_en.csv"))
    assert late(enrolled) == late(discover(folder)) | {"Bob O'Neil_4712": (True, [LATE])}
    assert enrolled.missing == ("Participant 4713",)


def test_one_that_is_both_says_it_once(folder):
    """Beside the submissions, and as roster."""
    shutil.copy(RECORDED / "moodle_en.csv", folder)
    assert late(enrol(discover(folder), read_roster(RECORDED / "moodle_en.csv")))["Bob O'Neil_4712"] == (True, [LATE])


def test_participants_are_found_without_a_space_before_their_number(folder):
    """As in Chinese; the other columns are names as in any roster."""
    enrolled = enrol(discover(folder), read_roster(RECORDED / "moodle_zh.csv"))
    assert enrolled.notices == ("Bob O'Neil_4712: handed in, and is not on the roster",)
    assert read_roster(RECORDED / "moodle_zh.csv").names["参与人4711"][:2] == ("李 雷", "lei@uni.example")


ENGLISH, CHINESE, FRENCH = ("Identifier", "Status"), ("标识符", "状态"), ("Identifiant", "Statut")
GERMAN, SPANISH, OLD = ("ID", "Status"), ("Identificador", "Estado"), ("识别码", "状态")


@pytest.mark.parametrize(
    ("headings", "status", "is_late"),
    [
        (ENGLISH, "Submitted for grading", False),
        (ENGLISH, "Submitted for grading -  - ", False),
        (ENGLISH, "Submitted for grading - Graded", False),
        (ENGLISH, "Submitted for grading - 3 mins 31 secs late - Released -  - ", True),
        (ENGLISH, "Submitted for grading - 1 day 2 hours late - Graded", True),
        (ENGLISH, "Submitted for grading - 2 hours late", True),
        (ENGLISH, "Draft (not submitted) - 2 hours late - Submission changes not allowed", True),
        (ENGLISH, "Submitted for grading - Extension granted until: Friday, 6 February 2026, 5:00 PM", False),
        (ENGLISH, "No submission - Assignment is overdue by: 2 days 3 hours", False),
        (ENGLISH, "", False),
        (CHINESE, "已提交请评分 - 迟2 小时 5 分钟 - 已评分", True),
        (CHINESE, "没有作业 - 作业过期：2 天", False),
        (CHINESE, "已提交请评分 - 延期到：2026年02月3日", False),
        (OLD, "已经提交等待评分 - 2 小时之后", True),
        (FRENCH, "Remis pour évaluation - En retard de 2 heures", True),
        (FRENCH, "Remis pour évaluation - Noté", False),
        (GERMAN, "Zur Bewertung abgegeben - 2 Stunden zu spät - Bewertet", True),
        (GERMAN, "Zur Bewertung abgegeben - 2 Stunden später", True),
        (GERMAN, "Zur Bewertung abgegeben - Verlängertes Abgabeende bis: 6. Februar 2026, 17:00", False),
        (SPANISH, "Enviado para calificar - 2 horas después", True),
        (SPANISH, "Enviado para calificar - Plazo ampliado hasta: viernes, 6 de febrero de 2026", False),
    ],
)
def test_a_status_tells_lateness_in_several_languages(headings, status, is_late):
    """A part of it does; what an extension allows, and what is missing altogether, is not late.

    Source: `col_status` in mod/assign/gradingtable.php (github.com/moodle/moodle), which joins the parts by ` - ` for a
    download; `recordid`, `status`, `submissionstatus_*`, `submittedlateshort`, `overdue` and `userextensiondate` in the
    language packs of mod_assign; the two with an empty part as recent downloads have them.
    """
    sheet = read_sheet(f'{headings[0]},Name,{headings[1]}\nParticipant 7,Ada,"{status}"\n'.encode(), "x.csv")
    assert participants(sheet) == {"7": is_late}


@pytest.mark.parametrize("text", ["student,Status\nada_7,x - 2 days late\n", "Identifier,Name\nParticipant 7,Ada\n"])
def test_a_table_that_is_no_worksheet(text):
    """A roster of one's own says nothing of lateness."""
    assert participants(read_sheet(text.encode(), "x.csv")) is None


@pytest.mark.parametrize("data", ["Идентификатор,Статус\nУчастник7,-\n".encode(), b"", b"\0\xff\x00"])
def test_a_table_that_cant_be_understood_gets_a_sentence(folder, data):
    """So that nobody waits for late marks that don't come."""
    (folder / "Оценки.csv").write_bytes(data)
    discovery = discover(folder)
    assert [each.is_late for each in discovery.submissions] == [False, False]
    [notice] = discovery.notices
    assert notice.startswith(
        "Оценки.csv: is no grading worksheet of Moodle's in English, Chinese, French, German or Sp"
    )


def test_several_worksheets_mark_nobody(folder):
    """An older one may say otherwise than the newest; which of them that is, nobody can tell."""
    for name in ("a.csv", "b.csv"):
        shutil.copy(RECORDED / "moodle_en.csv", folder / name)
    discovery = discover(folder)
    assert [each.is_late for each in discovery.submissions] == [False, False]
    assert discovery.notices == (
        "a.csv, b.csv: are several grading worksheets, so that nobody is taken as late: keep the newest there",
    )


def test_another_assignments_worksheet_gets_a_sentence(folder):
    """None of its participants handed in."""
    (folder / "x.csv").write_text("Identifier,Status\nParticipant 9,Submitted for grading - 2 days late\n")
    assert discover(folder).notices == (
        "x.csv: is a grading worksheet that names nobody who handed in: it may be another assignment's",
    )


def test_a_table_that_a_student_handed_in_is_a_file_of_theirs(folder):
    """Where folders are switched off, its name begins as the others do."""
    (folder / "Cleo_9_assignsubmission_file_data.csv").write_text(
        "Identifier,Status\nParticipant 4711,x - 2 days late\n"
    )
    assert [each.is_late for each in discover(folder).submissions] == [False, False, False]
