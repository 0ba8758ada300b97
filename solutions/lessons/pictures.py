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


def _pencil() -> Any:
    """What draws; None where lessons are graded, without pictures."""
    try:
        from autograder import draw
    except ImportError:
        return None
    return draw


draw = _pencil()

Program = Callable[[Any], tuple[Any, dict[str, Any]]]  # from a package to a result and its leaves by name


class Row:
    """Pictures beside each other, in the order in which they were taken; where there is no pencil, none."""

    def __init__(self, pictures: Iterable[Any]) -> None:
        self.pictures = [picture for picture in pictures if picture is not None]

    def __repr__(self) -> str:
        """Each picture in words, and an empty line between two."""
        return "\n\n".join(map(repr, self.pictures))

    def _repr_html_(self) -> str:
        """The pictures, which notebooks show in a line, or in several if it gets too long."""
        return "".join(picture._repr_html_() for picture in self.pictures)


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
