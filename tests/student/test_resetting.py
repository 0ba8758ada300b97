"""A file as it was built, and never a word of the student's lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.model.errors import UsageError
from autograder.student.files import keep_beside, write_parts, write_whole
from autograder.student.resetting import Restored, reset
from tests.student.conftest import POWERS, SUMS, write_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_the_file_is_as_it_was_and_the_old_one_is_kept(root: Path) -> None:
    """Each reset keeps another copy."""
    for number in (1, 2):
        (root / "tiny/sums.py").write_text(f"mine {number}", encoding="utf-8")
        assert reset(root, root, "tiny/sums.py") == Restored(
            path="tiny/sums.py", kept=f"tiny/sums.py.before-reset-{number}"
        )
    assert (root / "tiny/sums.py").read_text(encoding="utf-8") == SUMS
    kept = [(root / f"tiny/sums.py.before-reset-{number}").read_text(encoding="utf-8") for number in (1, 2)]
    assert kept == ["mine 1", "mine 2"]


def test_a_file_that_is_right_or_gone_keeps_nothing(root: Path) -> None:
    """There is nothing to keep then."""
    assert reset(root, root, "tiny/sums.py") == Restored(path="tiny/sums.py", is_same=True)
    (root / "tiny/sums.py").unlink()
    assert reset(root, root, "tiny/sums.py") == Restored(path="tiny/sums.py")
    assert (root / "tiny/sums.py").read_text(encoding="utf-8") == SUMS


def test_a_name_is_seen_from_where_the_student_stands(root: Path) -> None:
    """From a subfolder, by a roundabout way, or as the workspace calls it."""
    for name in ("sums.py", "../tiny/sums.py", "tiny/sums.py", str(root / "tiny/sums.py")):
        assert reset(root, root / "tiny", name).path == "tiny/sums.py"


def test_what_the_course_did_not_give_is_refused(root: Path) -> None:
    """The nearest name is offered; a Chinese workspace answers in Chinese."""
    with pytest.raises(UsageError, match=r"sums\.p is no file that the course gave you.*Did you mean tiny/sums\.py\?"):
        reset(root, root, "tiny/sums.p")
    with pytest.raises(UsageError, match=r"^qqq is no file that the course gave you, so nothing can be brought back$"):
        reset(root, root, "qqq")
    with pytest.raises(UsageError, match="不是课程给你的文件"):
        reset(write_workspace(root.parent / "zh", "zh"), root, "qqq")


def test_what_is_missing_of_a_folder_comes_back(root: Path) -> None:
    """What is there stays, the student's own files among it."""
    (root / "tiny/sums.py").write_text("mine", encoding="utf-8")
    for name in ("tiny/powers.py", "tiny/__init__.py"):
        (root / name).unlink()
    assert reset(root, root, "tiny/") == Restored(path="tiny", count=2)
    assert reset(root, root / "tiny", ".") == Restored(path="tiny", count=0, is_same=True)
    assert (root / "tiny/sums.py").read_text(encoding="utf-8") == "mine"
    assert (root / "tiny/powers.py").read_text(encoding="utf-8") == POWERS


def test_a_folder_in_its_place_is_left_alone(root: Path) -> None:
    """The student moves it away."""
    (root / "tiny/sums.py").unlink()
    (root / "tiny/sums.py").mkdir()
    with pytest.raises(UsageError, match=r"sums\.py is a folder: move it away and reset the file then"):
        reset(root, root, "tiny/sums.py")


def test_what_cant_be_written_changes_nothing(tmp_path: Path) -> None:
    """A sentence says why; no half-written file is left behind."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match=r"can't be written .*nothing was changed"):
        write_whole(tmp_path / "file" / "below", b"")
    with pytest.raises(UsageError, match=r"folder can't be written \(Is a directory\); nothing was changed"):
        write_whole(tmp_path / "folder", b"")
    with pytest.raises(UsageError, match=r"folder can't be kept beside \(Is a directory\); nothing was changed"):
        keep_beside(tmp_path / "folder", "test")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_parts_that_cant_be_made_change_nothing(tmp_path: Path) -> None:
    """Whatever was wrong with one of them, the file is what it was, and nothing lies beside it."""

    def parts() -> Iterator[bytes]:
        yield b"new"
        raise KeyError

    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(KeyError):
        write_parts(tmp_path / "file", parts())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
    write_parts(tmp_path / "file", [b"new", b"er"])
    assert (tmp_path / "file").read_bytes() == b"newer"
