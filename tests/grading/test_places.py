"""Where a run writes, under which names, and how."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.grading.places import file_name, require_writable, result, write
from autograder.model.errors import MachineError, UsageError


@pytest.mark.parametrize("student", ["ada", "ada.lovelace", "a-b_c", "李雷", "Zoë"])
def test_a_plain_name_is_its_own_file_name(student):
    """Letters of any script, digits, dots, dashes."""
    assert file_name(student) == student


@pytest.mark.parametrize(
    "student", ["a b", "../x", "a/b", "", ".", "..", "con", "NUL.txt", "a" * 300, ".hidden", "a\nb"]
)
def test_other_names_get_a_digest(student):
    """The file lies in its folder, is not hidden, and no other student can have it."""
    name = file_name(student)
    assert name.rpartition("-")[2].isalnum()
    assert not {"/", " ", "\n"} & set(name)
    assert not name.startswith(".")
    assert len(name) <= 100
    assert file_name(student + "x") != name


def test_names_that_would_be_alike_differ():
    """Two students never share a file."""
    assert len({result(student) for student in ("a b", "a_b", "a/b", "a-b")}) == 4


def test_a_file_in_the_place_of_the_folder(tmp_path):
    """It is named, and left alone."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UsageError, match=r"out: is a file; name a folder with --out"):
        require_writable(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_below_a_file(tmp_path):
    """A path that can't be a folder says so."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"can't be written \(Not a directory\); name another folder"):
        require_writable(tmp_path / "file" / "out")


def test_a_file_is_written_whole(tmp_path):
    """The new bytes take the place of the old, and nothing else is left in the folder."""
    path = tmp_path / "deep" / "a.json"
    write(path, b"old")
    write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [file.name for file in path.parent.iterdir()] == ["a.json"]


def test_what_a_killed_writer_began_is_taken_over(tmp_path):
    """Whatever it had written, the next one's bytes are there, and nothing of it beside them."""
    (tmp_path / ".a.json.part").write_bytes(b"far longer than what comes")
    write(tmp_path / "a.json", b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.json": b"new"}


def test_two_writers_of_one_file_take_turns(tmp_path):
    """Whoever reads it meanwhile sees what one of them wrote, never a mixture."""
    path, texts = tmp_path / "a.json", [bytes([letter]) * 100_000 for letter in b"ab"]
    write(path, texts[0])
    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(lambda text: [write(path, text) for _ in range(100)], text) for text in texts]
        while not all(writer.done() for writer in writers):
            assert path.read_bytes() in texts
        for writer in writers:
            writer.result()
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_a_file_that_can_not_be_written_names_the_remedy(tmp_path):
    """What stood there before still does, and no half-written file stays."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "ada.json").mkdir()
    (tmp_path / "results" / "ada.json" / "kept").touch()
    with pytest.raises(MachineError, match=r"can't be written .*; make room or rights, and grade again: all that was"):
        write(tmp_path / "results" / "ada.json", b"{}")
    assert [file.name for file in (tmp_path / "results").iterdir()] == ["ada.json"]
