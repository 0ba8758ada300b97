"""The zip that a student hands in is one that the grader takes."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from autograder.checks.originals import read_originals
from autograder.grading.intake import Found, take_in
from autograder.model.errors import UsageError
from autograder.model.ids import StudentId
from autograder.student.state import read_state
from autograder.student.submitting import hand_in
from autograder.student.workspace import course_of
from tests.student.conftest import SUMS

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import Home


def test_the_grader_takes_what_the_student_wrote(root: Path, home: Home, tmp_path: Path) -> None:
    """Modules and notebooks arrive as they are, under the student's name, and nothing is found wrong."""
    (root / "tiny/sums.py").write_text(SUMS + "# mine\n", encoding="utf-8")
    handed = hand_in(root, home, "ada")
    assert list(handed.files) == ["tiny/sums.py", "tiny/powers.py", "lessons/01_play.ipynb"]
    assert (handed.zip, handed.findings, handed.others, handed.kept) == ("ada.zip", (), 2, None)
    (root / "ada.zip").rename(tmp_path / "ada.zip")
    found = Found(StudentId("ada"), tmp_path / "ada.zip")
    taken = take_in(found, course_of(home, root), {home.language: read_originals(root)})
    assert (taken.student, taken.findings) == ("ada", ())
    assert taken.files["tiny/sums.py"].decode() == SUMS + "# mine\n"


def test_what_the_grader_will_say_is_known_before(root: Path, home: Home) -> None:
    """A module that is no Python, one that is missing, and one that nobody asked for."""
    (root / "tiny/sums.py").write_text("def (", encoding="utf-8")
    (root / "tiny/powers.py").unlink()
    (root / "tiny/mine.py").write_text("x = 1", encoding="utf-8")
    said = {finding.file: str(finding) for finding in hand_in(root, home, "ada").findings}
    assert "is not valid Python" in said["tiny/sums.py"]
    assert "is missing" in said["tiny/powers.py"]
    assert "was left aside" in said["tiny/mine.py"]


def test_the_name_is_remembered_and_the_zip_before_kept(root: Path, home: Home) -> None:
    """Without a name it is the one given last; nobody is called by a folder's."""
    with pytest.raises(UsageError, match="who are you"):
        hand_in(root, home, None)
    hand_in(root, home, "ada")
    (root / "tiny/sums.py").write_text("x = 1", encoding="utf-8")
    again = hand_in(root, home, None)
    assert (again.zip, again.kept) == ("ada.zip", "ada.zip.before-submit-1")
    assert read_state(root).name == "ada"
    with zipfile.ZipFile(root / "ada.zip.before-submit-1") as before:
        assert before.read("tiny/sums.py").decode() == SUMS


@pytest.mark.parametrize("name", ["a/b", "..", ".ada", "a:b", "a\nb"])
def test_a_name_that_no_file_can_have_is_refused(root: Path, home: Home, name: str) -> None:
    """Nothing is written."""
    with pytest.raises(UsageError, match="can't be the name of a file"):
        hand_in(root, home, name)
    assert not list(root.glob("*.zip"))


def test_nothing_is_not_handed_in(root: Path, home: Home) -> None:
    """Where every file of the student is gone, that is said."""
    for name in ("tiny/sums.py", "tiny/powers.py", "lessons/01_play.ipynb"):
        (root / name).unlink()
    with pytest.raises(UsageError, match=r"there is nothing to hand in: .* none of the files .* such as tiny/sums\.py"):
        hand_in(root, home, "ada")
