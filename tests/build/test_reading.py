"""A course's files are read as text, or refused with the file's name."""

from __future__ import annotations

import pytest

from autograder.build.reading import text_of
from autograder.model.errors import CourseError


def test_a_file_is_read_as_utf_8(tmp_path):
    """Whatever this machine's own encoding is."""
    (tmp_path / "a.py").write_bytes("# 边".encode())
    assert text_of(tmp_path / "a.py") == "# 边"


def test_what_is_no_text_is_refused(tmp_path):
    """The sentence says at which byte, and what to do."""
    (tmp_path / "a.py").write_bytes(b"caf\xe9")
    with pytest.raises(CourseError, match=r"a\.py: is not UTF-8 \(.* at byte 3\); save it as UTF-8"):
        text_of(tmp_path / "a.py")


def test_what_cannot_be_read_is_refused(tmp_path):
    """A folder of that name is no file."""
    with pytest.raises(CourseError, match=r"this file of the course can't be read \(Is a directory\)"):
        text_of(tmp_path)
