"""What a lesson shows in a row is each of its pictures, in words and drawn."""

import sys

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


def square(torch):
    """A leaf squared, and the leaf by name."""
    x = torch.tensor([3.0], requires_grad=True)
    return x * x, {"x": x}


def test_a_row_shows_each_picture_in_order(pictures):
    """The square's before the cube's, as a notebook shows them and as a terminal prints them."""
    square, cube = pictures.recorded("square"), pictures.recorded("cube")
    row = pictures.Row([square, cube])
    assert row._repr_html_() == square.svg + cube.svg
    assert repr(row) == f"{square!r}\n\n{cube!r}"


def test_without_autograder_a_sentence_stands_for_each_picture(monkeypatch):
    """Where lessons are graded there is nothing to draw with; the lesson goes on, and says so once for a row."""
    monkeypatch.setitem(sys.modules, "autograder", None)
    package = reference().module
    from lessons import pictures  # noqa: PLC0415 - found once the reference is loaded

    assert "`python3 start.py`" in pictures.NO_PENCIL
    told = pictures.NO_PENCIL
    row = pictures.Row([pictures.recorded("square"), pictures.recorded("cube")])
    assert [repr(pictures.recorded("square")), repr(row), row._repr_html_()] == [told, told, None]
    assert repr(pictures.compared("square", square, package)) == told
    unload()


def test_a_row_of_nothing_is_empty(pictures):
    """As before its exercise is done."""
    row = pictures.Row([])
    assert (row._repr_html_(), repr(row)) == (None, "")
