"""The plain folder: each folder and each archive in it is one student's."""

import json
import os

import pytest

from autograder.grading.sources.discovery import discover
from autograder.grading.sources.plain import plain
from autograder.grading.stores import Remote
from autograder.model.errors import UsageError


def test_each_folder_and_zip_is_one_student(tmp_path):
    """Students come in the order of their names; other files are named, hidden ones are not."""
    for name in ("bob", ".git", "__MACOSX"):
        (tmp_path / name).mkdir()
    for name in ("ada.ZIP", "roster.csv", "eve.tar.gz", ".DS_Store"):
        (tmp_path / name).write_bytes(b"")
    discovery = discover(tmp_path)
    assert [each.student for each in discovery.submissions] == ["ada", "bob", "eve"]
    assert discovery.notices == ("roster.csv: neither a folder nor an archive, left aside",)


def test_a_folder_name_with_a_dot_is_kept(tmp_path):
    """Only an archive's ending is cut off."""
    (tmp_path / "ada.lovelace").mkdir()
    assert discover(tmp_path).submissions[0].student == "ada.lovelace"


@pytest.mark.parametrize("names", [("ada", "ada.zip"), ("Ada", "ada.zip"), ("é.zip", "é.7z")])
def test_two_submissions_of_one_name_end_the_command(names, tmp_path):
    """Both are named, and nothing is graded."""
    for name in names:
        (tmp_path / name).touch() if "." in name else (tmp_path / name).mkdir()
    with pytest.raises(UsageError, match=r"are two submissions of one student: keep one .*nothing was graded"):
        discover(tmp_path)


def test_an_empty_folder_of_submissions(tmp_path):
    """The sentence says what belongs there."""
    with pytest.raises(UsageError, match="holds no submission; put one folder or zip there for each student"):
        discover(tmp_path)


def test_a_folder_of_submissions_that_is_not_there(tmp_path):
    """The sentence says what is missing."""
    with pytest.raises(UsageError, match=r"can't be read \(No such file or directory\); name the folder"):
        discover(tmp_path / "nowhere")


def test_a_name_that_is_no_text(tmp_path):
    """A folder whose name is no UTF-8 is a student all the same."""
    (tmp_path / os.fsdecode(b"ad\xff")).mkdir()
    student = discover(tmp_path).submissions[0].student
    assert json.dumps(student).isascii()
    assert student.encode()


def test_a_hundred_thousand_submissions_are_one_look_each():
    """Nothing is compared with everything; half of them are other files."""
    entries = [Remote(f"memory://class/{number:06}", is_folder=number % 2 == 0) for number in range(100_000)]
    found = plain(entries)
    assert len(found.submissions) == len(found.notices) == 50_000
