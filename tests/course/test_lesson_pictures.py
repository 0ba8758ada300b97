"""What a lesson shows in a row is each of its pictures, in words and drawn."""

import pytest

from autograder.probe import unload
from tests.parity.running import reference


@pytest.fixture
def pictures():
    """The given module, loaded with the reference; what was loaded before comes back."""
    reference()
    from lessons import pictures as module  # noqa: PLC0415 - found once the reference is loaded

    yield module
    unload()


def test_a_row_shows_each_picture_in_order(pictures):
    """The square's before the cube's, as a notebook shows them and as a terminal prints them."""
    square, cube = pictures.recorded("square"), pictures.recorded("cube")
    row = pictures.Row([square, cube])
    assert row._repr_html_() == square.svg + cube.svg
    assert repr(row) == f"{square!r}\n\n{cube!r}"


def test_a_row_without_a_pencil_is_empty(pictures):
    """Where lessons are graded there is nothing to draw with: no picture, and no error."""
    row = pictures.Row([None, None])
    assert (row._repr_html_(), repr(row)) == ("", "")
