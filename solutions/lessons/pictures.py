"""A lesson's pictures: graphs drawn, and one computation as three packages record it.

Given to students as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from lessons.recorded import graph

NO_PENCIL = """No picture: this Python has no autograder, which draws. On your computer, `python3 start.py` installs it.
没有图：这个 Python 里没有负责画图的 autograder。在你自己的电脑上，运行 `python3 start.py` 就会装好。"""


class NoPencil:
    """Stands where a picture would be, and says why there is none; false, as nothing can be drawn with it."""

    def __bool__(self) -> bool:
        """Never."""
        return False

    def __repr__(self) -> str:
        """The reason, in both languages of the course: code is the same in both."""
        return NO_PENCIL


def _pencil() -> Any:
    """What draws, if anything does: lessons are graded without pictures."""
    try:
        from autograder import draw
    except ImportError:
        return NoPencil()
    return draw


draw = _pencil()

Program = Callable[[Any], tuple[Any, dict[str, Any]]]  # from a package to a result and its leaves by name


class Row:
    """Pictures beside each other, in the order in which they were taken."""

    def __init__(self, pictures: Iterable[Any]) -> None:
        self.pictures = [picture for picture in pictures if picture]

    def __repr__(self) -> str:
        """Each picture in words, and an empty line between two."""
        return "\n\n".join(map(repr, self.pictures)) if draw else repr(draw)

    def _repr_html_(self) -> str | None:
        """The pictures, which notebooks show in a line, or in several if it gets too long; None where there is none."""
        return "".join(picture._repr_html_() for picture in self.pictures) or None


def recorded(name: str) -> Any:
    """The picture of the graph that PyTorch recorded under this name."""
    out = graph(name)
    return draw and draw(out, **out.leaves)


def compared(name: str, program: Program, package: ModuleType) -> Any:
    """What `program` records in `package`, laid over the graph that PyTorch recorded under `name`.

    Says in words what differs, also for PyTorch itself where it is installed, and gives the picture for `package`.
    `program(torch)` returns the result and its leaves by name.
    """
    picture = _laid_over(name, program, package)
    if find_spec("torch"):
        import torch

        _laid_over(name, program, torch)
    return picture


def _laid_over(name: str, program: Program, package: ModuleType) -> Any:
    out, leaves = program(package)
    expected = graph(name)
    picture = draw and draw.diff(expected, out, **{leaf: (expected.leaves[leaf], own) for leaf, own in leaves.items()})
    if picture:
        sys.stdout.write(f"{package.__name__}: {picture}\n")
    return picture
