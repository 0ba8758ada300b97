"""What lies elsewhere is used as a path is, and nothing of it is fetched before it is read."""

from uuid import uuid4

import fsspec
import pytest

from autograder.grading.stores import Remote, place
from autograder.model.errors import UsageError


@pytest.fixture
def store():
    """A folder in a store that only this test has."""
    return Remote(f"memory://class-{uuid4()}")


def test_a_path_is_a_path(tmp_path):
    """So is a file's URL, whatever is escaped in it."""
    assert place(str(tmp_path)) == tmp_path
    assert place(f"file://{tmp_path}/a%20b") == tmp_path / "a b"
    assert place("memory://x/class/") == Remote("memory://x/class")


def test_a_scheme_that_nobody_knows():
    """The sentence says what to install."""
    with pytest.raises(UsageError, match=r"nonsense://x: can't be opened \(.*\); install what fsspec needs for it"):
        place("nonsense://x")


def test_a_folder_elsewhere_lists_what_lies_in_it(store):
    """Files and folders, by name; and all files below, by path."""
    for path in ("ada.zip", "bob/purse/purse.py", "bob/a b.txt"):
        (store / path).write_bytes(path.encode())
    entries = {entry.name: entry for entry in store.iterdir()}
    assert {name: entry.is_dir() for name, entry in entries.items()} == {"ada.zip": False, "bob": True}
    assert entries["ada.zip"].is_file()
    assert entries["ada.zip"].suffix == ".zip"
    assert sorted(entries["bob"].files()) == ["a b.txt", "purse/purse.py"]
    assert (entries["bob"] / "a b.txt").read_bytes() == b"bob/a b.txt"


def test_a_part_of_a_file(store, tmp_path):
    """No more is read than was asked for."""
    (store / "big").write_bytes(b"x" * 100)
    assert (store / "big").read_bytes(7) == b"x" * 7
    (store / "big").fetch(tmp_path / "copy", 50)
    assert (tmp_path / "copy").read_bytes() == b"x" * 50


def test_what_a_store_refuses_is_one_kind_of_error(store):
    """Whatever the store raises."""
    for ask in (store.read_bytes, store.iterdir, (store / "none").read_bytes):
        with pytest.raises(OSError, match=r"class-"):
            list(ask())


def test_an_error_of_the_stores_own_kind(store, monkeypatch):
    """Its type and words are kept."""

    def refuse(*_arguments, **_options):
        raise ValueError("no rights")

    monkeypatch.setattr(fsspec.filesystem("memory"), "cat_file", refuse, raising=False)
    with pytest.raises(OSError, match="ValueError: no rights"):
        store.read_bytes()
