"""What Canvas, Moodle and Gradescope let one download is recognised: students, attempts, late marks, files."""

import zipfile

import pytest

from autograder.grading.intake import take_in
from autograder.grading.sources.discovery import discover, unpacked
from autograder.model.errors import UsageError

METADATA = """\
---
submission_1001:
  :submitters:
  - :name: Ada Lovelace
    :sid: 4711
    :email: ada@uni.example
  :created_at: 2026-02-03 10:11:12.123456000 Z
  :score: 3.0
  :history:
  - :id: 900
    :created_at: 2026-02-02 10:11:12.000000000 Z
    :score: 1.0
  - :id: 901
    :created_at: 2026-02-02 11:11:12.000000000 Z
    :score: 2.0
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: !ruby/array:Tests [!ruby/object:Name Ann]
submission_1002:
  :submitters:
  - :name: Bob
    :sid:
    :email: bob@uni.example
  - :name: Cleo
    :sid: 'c-1'
    :email: cleo@uni.example
  :history: []
"""


@pytest.fixture
def downloaded(tmp_path):
    """Write empty files, and folders where a name ends in a slash; the folder they lie in."""

    def write(*names, **contents):
        for name in names:
            path = tmp_path / "download" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir() if name.endswith("/") else path.write_bytes(b"")
        return tmp_path / "download"

    return write


def told(discovery):
    """Each submission: student, file, attempt, whether it is late, and what is said of it."""
    return [
        (each.student, each.path and each.path.name, each.attempt, each.is_late, [str(one) for one in each.findings])
        for each in discovery.submissions
    ]


# ---- Canvas


def test_canvas_names_students_by_name_and_number(downloaded):
    """The number is the one in the gradebook's column ID; a late mark is told to the student, too."""
    folder = downloaded("lovelaceada_4711_90210_work.zip", "o_neilbob_LATE_4712_90211_my_work_2.zip")
    assert told(discover(folder)) == [
        ("lovelaceada_4711", "lovelaceada_4711_90210_work.zip", 1, False, []),
        (
            "o_neilbob_4712",
            "o_neilbob_LATE_4712_90211_my_work_2.zip",
            1,
            True,
            ["handed in late, as Canvas says"],
        ),
    ]


def test_canvas_numbers_later_attempts(downloaded):
    """`work-2.zip` is the third."""
    assert told(discover(downloaded("ada_4711_90210_work-2.zip")))[0][2] == 3


def test_the_attempt_is_that_of_the_archive_which_was_looked_into(downloaded):
    """A file of another name, handed in with it, bears no number."""
    folder = downloaded("ada_1_11_work.zip", "ada_1_12_work-1.zip", "ada_1_13_notes.txt", "bob_2_14_work.zip")
    assert [(each.student, each.attempt) for each in discover(folder).submissions] == [("ada_1", 2), ("bob_2", 1)]


def test_of_several_archives_in_canvas_the_last_counts(downloaded):
    """The file's number grows with time, also from 99 to 100; other files are no matter."""
    folder = downloaded("ada_1_99_z.zip", "ada_1_100_a.zip", "ada_1_101_essay.pdf")
    message = "2 archives were handed in; a.zip, the last, was looked into: hand in one"
    assert told(discover(folder)) == [("ada_1", "ada_1_100_a.zip", 1, False, [message])]


def test_a_student_without_a_zip_in_canvas_is_told(downloaded, course, workspaces):
    """A loose file, a text and a link are no workspace; the sentence becomes the submission's problem."""
    folder = downloaded("ada_1_99_node.py", "bob_2_text.html", "cleo_LATE_3_link.html")
    is_text = "a text or a link was handed in, and no file: hand in the whole workspace as a zip"
    assert told(discover(folder)) == [
        ("ada_1", None, 1, False, ["node.py is no zip: hand in the whole workspace as a zip"]),
        ("bob_2", None, 1, False, [is_text]),
        ("cleo_3", None, 1, True, [is_text, "handed in late, as Canvas says"]),
    ]
    submission = take_in(discover(folder).submissions[0], course, workspaces)
    assert submission.files == {}
    assert [str(each) for each in submission.findings] == ["node.py is no zip: hand in the whole workspace as a zip"]


def test_anonymous_students_of_canvas(downloaded):
    """They have a code instead of name and number."""
    folder = downloaded("anon_Ab12C_90210_work.zip", "LATE_anon_Zz9_90211_work.zip")
    assert [(student, is_late) for student, _, _, is_late, _ in told(discover(folder))] == [
        ("anon_Ab12C", False),
        ("anon_Zz9", True),
    ]


def test_a_renamed_file_of_canvas_gets_a_sentence(downloaded):
    """Nobody knows whose it is; the others are graded."""
    discovery = discover(downloaded("ada_1_99_w.zip", "bob_2_98_w.zip", "cleo.zip"))
    assert [each.student for each in discovery.submissions] == ["ada_1", "bob_2"]
    [notice] = discovery.notices
    assert notice.startswith(
        "cleo.zip: has no name that Canvas gives (lastname_12345_67890_file.zip), left aside: give"
    )


@pytest.mark.parametrize("kept", ["ada_1_99_w.zip", "Ada_1_assignsubmission_file_w.zip"])
def test_a_download_in_which_most_was_renamed_gets_a_sentence(downloaded, kept):
    """It is taken for a plain folder, whose students are called as the files are."""
    discovery = discover(downloaded(kept, "bob.zip", "cleo.zip"))
    assert [each.student for each in discovery.submissions] == [kept.removesuffix(".zip"), "bob", "cleo"]
    [notice] = discovery.notices
    assert notice.startswith(
        "1 of 3 names are such as Canvas or Moodle gives, too few to be its download, so that each"
    )
    assert notice.endswith("was taken for one student's: give the others back the names they had there")


# ---- Moodle


def test_moodle_has_a_folder_for_each_student(downloaded):
    """Named by full name and the worksheet's number; what isn't a file that was handed in is named and left aside."""
    folder = downloaded(
        "Ada Lovelace_4711_assignsubmission_file_/work.zip",
        "Zoë Le_Roy_4712_assignsubmission_file/pocket/purse.py",
        "Ada Lovelace_4711_assignsubmission_onlinetext_/onlinetext.html",
    )
    discovery = discover(folder)
    assert told(discovery) == [
        ("Ada Lovelace_4711", "Ada Lovelace_4711_assignsubmission_file_", 1, False, []),
        ("Zoë Le_Roy_4712", "Zoë Le_Roy_4712_assignsubmission_file", 1, False, []),
    ]
    assert discovery.notices == (
        "Ada Lovelace_4711_assignsubmission_onlinetext_: is no file that was handed in, left aside",
    )


def test_moodle_without_folders(downloaded):
    """The same names begin files."""
    folder = downloaded(
        "Ada_1_assignsubmission_file_a.zip", "Ada_1_assignsubmission_file_b.zip", "Bob_2_assignsubmission_file_b.pdf"
    )
    assert told(discover(folder)) == [
        (
            "Ada_1",
            "Ada_1_assignsubmission_file_b.zip",
            1,
            False,
            ["2 archives were handed in; b.zip, the last, was looked into: hand in one"],
        ),
        ("Bob_2", None, 1, False, ["b.pdf is no zip: hand in the whole workspace as a zip"]),
    ]


def test_a_renamed_folder_of_moodle_gets_a_sentence(downloaded):
    """Nobody knows whose it is; the others are graded."""
    discovery = discover(downloaded("Ada_1_assignsubmission_file_/", "Bob_2_assignsubmission_file_/", "cleo/"))
    assert len(discovery.submissions) == 2
    [notice] = discovery.notices
    assert notice.startswith(
        "cleo: has no name that Moodle gives (Name_12345_assignsubmission_file_), left aside: give"
    )


# ---- Gradescope


def test_gradescope_says_whose_a_folder_is(downloaded):
    """By id, else by address; earlier attempts are counted, and a group's submission is each member's."""
    folder = downloaded("submission_1001/", "submission_1002/")
    (folder / "submission_metadata.yml").write_text(METADATA)
    assert told(discover(folder)) == [
        ("4711", "submission_1001", 3, False, []),
        ("bob@uni.example", "submission_1002", 1, False, []),
        ("c-1", "submission_1002", 1, False, []),
    ]
    assert discover(folder).submissions[0].names == ("4711", "ada@uni.example", "Ada Lovelace")


@pytest.mark.parametrize(
    ("created", "received"),
    [
        ("2026-02-03 10:11:12.123456000 Z", "2026-02-03T10:11:12.123456+00:00"),
        ("2026-02-03 10:11:12 -08:00", "2026-02-03T18:11:12+00:00"),
        ("2026-02-03 10:11:12", "2026-02-03T10:11:12+00:00"),
        ("", None),
    ],
)
def test_gradescope_says_when_it_came(downloaded, created, received):
    """So that the course's rule for lateness can count the days."""
    folder = downloaded("submission_1001/")
    entry = f"submission_1001:\n  :submitters:\n  - :sid: 1\n  :created_at: {created}\n"
    (folder / "submission_metadata.yml").write_text(entry)
    (found,) = discover(folder).submissions
    assert (found.receipt.received_at and found.receipt.received_at.isoformat()) == received


def test_an_export_may_lie_in_a_folder_of_its_own(downloaded):
    """As it does when it is unpacked."""
    folder = downloaded("assignment_77_export/submission_1001/")
    (folder / "assignment_77_export" / "submission_metadata.yml").write_text(METADATA.partition("submission_1002")[0])
    assert [each.student for each in discover(folder).submissions] == ["4711"]


def test_folders_that_gradescope_does_not_name_or_that_are_gone(downloaded):
    """The one gets a sentence, the other's student is told."""
    folder = downloaded("submission_1001/", "mine/")
    (folder / "submission_metadata.yml").write_text(METADATA)
    discovery = discover(folder)
    assert discovery.notices[0].startswith("mine: submission_metadata.yml does not name it, left aside: give it back")
    assert told(discovery)[1][1:] == (
        None,
        1,
        False,
        ["no files are in the download of this submission: download it again, or ask the student"],
    )


def test_a_name_in_the_metadata_leads_nowhere_else(downloaded, tmp_path):
    """Only folders of the export are looked into."""
    folder = downloaded("submission_1001/")
    (tmp_path / "secret").mkdir()
    (folder / "submission_metadata.yml").write_text("../secret:\n  :submitters:\n  - :name: Eve\n")
    assert told(discover(folder))[0][:2] == ("Eve", None)


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "a: 1\n",
        "a:\n  :submitters: []\n  :created_at: soon\n",
        "- a\n",
        "\0",
        "a:\n  :submitters: !!python/object:os.x {}\n",
    ],
)
def test_metadata_that_is_none(downloaded, text):
    """The sentence names the file and what to do."""
    folder = downloaded("submission_1001/")
    (folder / "submission_metadata.yml").write_text(text)
    with pytest.raises(UsageError, match=r"submission_metadata.yml: is not as Gradescope writes it \(.*export the sub"):
        discover(folder)


# ---- the download itself


def test_a_download_may_still_be_a_zip(tmp_path):
    """It is unpacked while it is graded, and gone afterwards; names that lead out of it don't."""
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("ada_1_99_work.zip", b"")
        archive.writestr("../bob_2_98_work.zip", b"")
    with unpacked(tmp_path / "submissions.zip") as folder:
        assert [each.student for each in discover(folder).submissions] == ["ada_1", "bob_2"]
    assert not folder.exists()
    assert not list(tmp_path.rglob("bob*"))


def test_a_folder_is_taken_as_it_is(tmp_path):
    """Nothing is copied."""
    with unpacked(tmp_path) as folder:
        assert folder == tmp_path


def test_a_download_that_is_damaged(tmp_path):
    """The sentence says what is wanted."""
    (tmp_path / "submissions.zip").write_bytes(b"rubbish")
    with (
        pytest.raises(UsageError, match=r"submissions.zip: can't be unpacked \(.*; name a folder of submissions, or a"),
        unpacked(tmp_path / "submissions.zip"),
    ):
        pass
