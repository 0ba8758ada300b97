"""A module is cut into pieces that hold its text to the letter."""

from __future__ import annotations

import pytest

from autograder.build.pieces import cut
from autograder.model.errors import CourseError

MODULE = '''\
"""Docstring."""

import math

if math.pi:
    pass

# How many.
COUNT: int = 3


# Above the class.
@wrapped
class Box:
    """A box."""

    size = 1
    # Of the method.
    @property
    def lid(self):
        return 1

    @lid.setter
    def lid(self, value):
        pass

    DEEP = 2


class Plain:
    x = 1


def scattered():
    pass


OTHER = 1


def scattered():
    pass
'''


@pytest.fixture
def pieces():
    """The pieces of the module above."""
    return cut("box.py", MODULE)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("header", '"""Docstring."""', "    pass"),
        ("COUNT", "# How many.", "COUNT: int = 3"),
        ("Box", "# Above the class.", "    size = 1"),
        ("Box.lid", "    # Of the method.", "        pass"),
        ("Box.DEEP", "    DEEP = 2", "    DEEP = 2"),
        ("Box.*", "# Above the class.", "    DEEP = 2"),
        ("Plain", "class Plain:", "    x = 1"),
    ],
)
def test_a_piece_has_its_comments_and_decorators(pieces, name, first, last):
    """A piece begins with what stands directly above it and ends with its last line."""
    lines = pieces.piece(name).splitlines()
    assert (lines[0], lines[-1]) == (first, last)


def test_a_property_and_its_setter_are_one_piece(pieces):
    """Adjacent definitions of one name belong together."""
    assert pieces.piece("Box.lid").count("def lid") == 2


def test_a_class_as_answer_is_whole(pieces):
    """An exercise about a class gets all of the class."""
    assert pieces.answer("Box") == pieces.piece("Box.*")


def test_an_unknown_piece_names_those_that_there_are(pieces):
    """A misspelt piece is a fault that lists the pieces."""
    with pytest.raises(CourseError, match=r'box\.py has no piece "Bx"; it has: header, COUNT, Box'):
        pieces.piece("Bx")


def test_scattered_definitions_are_refused(pieces):
    """A name defined in two places can't be one piece."""
    with pytest.raises(CourseError, match='defines "scattered" in several places'):
        pieces.piece("scattered")


def test_a_constant_is_no_answer(pieces):
    """Exercises are functions, methods and classes."""
    with pytest.raises(CourseError, match='has no function, method or class "COUNT"'):
        pieces.answer("COUNT")


def test_broken_python_is_named_with_its_line():
    """A module that doesn't parse is a fault with file and line."""
    with pytest.raises(CourseError, match=r"box\.py:2: is not Python"):
        cut("box.py", "x = 1\ny =\n")
