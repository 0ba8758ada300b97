"""What is wrong with a workspace's files is told with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from autograder.checks.originals import read_originals
from autograder.student.faults import faults, told
from tests.student.conftest import notebook, write_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.model.workspace import Home

LESSON = "lessons/01_play.ipynb"


def sentences(root: Path, home: Home) -> list[str]:
    """All faults as a student reads them."""
    return [told(finding, home) for finding in faults(root, home, read_originals(root))]


def test_a_workspace_at_work_has_none(root: Path, home: Home) -> None:
    """Edited modules, files of the student's own and other line ends are no fault."""
    (root / "tiny/sums.py").write_text("x = 1\n", encoding="utf-8")
    (root / "tiny/mine.py").write_text("x = 1\n", encoding="utf-8")
    (root / "checks/test_sums.py").write_bytes((root / "checks/test_sums.py").read_bytes().replace(b"\n", b"\r\n"))
    assert sentences(root, home) == []


def test_a_missing_file_comes_back_by_reset(root: Path, home: Home) -> None:
    """Modules, checks and notebooks alike."""
    (root / "tiny/sums.py").unlink()
    (root / LESSON).unlink()
    assert sentences(root, home) == [
        f"{LESSON} is missing: `autograder reset {LESSON}` brings it back as you got it",
        "tiny/sums.py is missing: `autograder reset tiny/sums.py` brings it back as you got it",
    ]


def test_a_missing_folder_is_one_sentence(root: Path, home: Home) -> None:
    """It may have been renamed; one inside another is not told again."""
    (root / "tiny").rename(root / "mine")
    (root / "lessons/01_play.ipynb").unlink()
    originals = {**read_originals(root), "tiny/more/deep.py": b""}
    told_, lesson = (told(finding, home) for finding in faults(root, home, originals))
    assert told_ == (
        "the folder tiny is missing with its 4 files. Did you rename or move it? Then give it its name again; "
        "`autograder reset tiny` brings it back as you got it"
    )
    assert lesson.startswith("lessons/01_play.ipynb is missing")


def test_a_renamed_file_is_recognised(root: Path, home: Home) -> None:
    """By most of its lines, though some were edited; a file that is another is not taken for it."""
    text = (root / "tiny/sums.py").read_text(encoding="utf-8").replace("return 1", "return 2")
    (root / "tiny/sums.py").rename(root / "tiny/old_sums.py")
    (root / "tiny/old_sums.py").write_text(text, encoding="utf-8")
    (root / "tiny/other.py").write_text("print()\n", encoding="utf-8")
    (fault,) = sentences(root, home)
    assert fault == (
        "tiny/sums.py is missing, and tiny/old_sums.py is like it: rename that to tiny/sums.py, "
        "or `autograder reset tiny/sums.py` begins anew"
    )


def test_changed_files_of_the_course_are_one_sentence(root: Path, home: Home) -> None:
    """A few are named, the rest counted."""
    for name in ("tiny/__init__.py", "checks/test_sums.py"):
        (root / name).write_text("# changed\n", encoding="utf-8")
    (fault,) = sentences(root, home)
    assert fault == (
        "checks/test_sums.py, tiny/__init__.py: changed, though the course's own; "
        "`autograder reset checks/test_sums.py` brings one back"
    )
    originals = {**read_originals(root), **{f"tiny/given_{number}.py": b"x = 1" for number in range(4)}}
    for number in range(4):
        (root / f"tiny/given_{number}.py").write_text("x = 2", encoding="utf-8")
    (finding,) = faults(root, home, originals)
    assert finding.values["files"].endswith("tiny/given_0.py and 3 more")


def test_cells_deleted_or_doubled_are_told(root: Path, home: Home) -> None:
    """Each with the exercise and a fresh copy; the sentences are in the workspace's language."""
    (root / LESSON).write_text(notebook((None, "1")), encoding="utf-8")
    (fault,) = sentences(root, home)
    assert fault == (
        f"{LESSON} has no cell of the exercise play.half: take it from a fresh copy of the lesson. "
        f"`autograder reset {LESSON}` gives a fresh copy and keeps yours beside it"
    )
    half = ("play.half", "def half(n):\n    return n // 2")
    (root / LESSON).write_text(notebook(half, half), encoding="utf-8")
    (fault,) = sentences(root, replace(home, language="zh"))
    assert "2" in fault
    assert f"autograder reset {LESSON}" in fault
    assert "is" not in fault.split()


def test_a_cell_with_a_mistake_is_to_be_corrected(root: Path, home: Home) -> None:
    """No fresh copy is offered for it."""
    (root / LESSON).write_text(notebook(("play.half", "def half(")), encoding="utf-8")
    (fault,) = sentences(root, home)
    assert fault.startswith(f"{LESSON}: the cell of the exercise play.half is not valid Python")
    assert "reset" not in fault


def test_what_is_no_notebook_is_told(root: Path, home: Home) -> None:
    """The way back is the same."""
    (root / LESSON).write_text("hello", encoding="utf-8")
    (fault,) = sentences(root, home)
    assert fault.startswith(f"{LESSON} is not a notebook")
    assert f"`autograder reset {LESSON}`" in fault


def test_another_folder_is_as_good(tmp_path: Path, home: Home) -> None:
    """A workspace knows nothing of where it lies."""
    assert sentences(write_workspace(tmp_path / "a place" / "with spaces"), home) == []
