"""A scene with pixels: each box in its place, each wire on its way, and the size that holds them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from autograder.drawing.layout import Layout, lay_out
from autograder.drawing.scene import Mark, Scene
from autograder.drawing.shapes import Shape, badge_width, shapes_of
from autograder.drawing.wires import LANE, Line, Ways, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.drawing.words import Say

GAP = 28.0  # px between two boxes of a row
FALL = 50.0  # px between two rows
FALL_WITH_BADGES = 66.0
MARGIN = 28.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """All shapes and lines; sizes in px."""

    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def figure_of(scene: Scene, say: Say) -> Figure:
    """The figure of a scene."""
    layout = lay_out(scene)
    sizes = shapes_of(scene, say)
    has_badges = any(wire.mark is not Mark.SAME for wire in scene.wires) or any(box.state for box in scene.boxes)
    bands = _bands(sizes, layout, FALL_WITH_BADGES if has_badges else FALL)
    widest = max((shape.width for shape in sizes), default=0.0)
    column = max(widest, 90.0) + GAP
    left = MARGIN + widest / 2
    shapes = tuple(
        replace(shape, x=left + x * column, y=sum(bands[y]) / 2)
        for shape, (x, y) in zip(sizes, layout.places, strict=True)
    )
    ways: Ways = {
        arc: tuple((left + x * column, *bands[y]) for x, y in chain[1:-1]) for arc, chain in layout.chains.items()
    }
    bottom = max((shape.bottom for shape in shapes), default=0.0)
    lines = lines_of(scene, shapes, ways, say)
    return Figure(shapes=shapes, lines=lines, width=_right(shapes, lines, ways) + MARGIN, height=bottom + MARGIN)


def _right(shapes: Sequence[Shape], lines: Sequence[Line], ways: Ways) -> float:
    """The right edge of all that is drawn: a wire may pass beside every box, and its badge stand there."""
    boxes = [shape.x + shape.width / 2 for shape in shapes]
    wires = [x + LANE / 2 for way in ways.values() for x, _, _ in way]
    badges = [line.middle[0] + badge_width(line.badge) / 2 for line in lines]
    return max([*boxes, *wires, *badges], default=0.0)


def _bands(shapes: Sequence[Shape], layout: Layout, fall: float) -> dict[float, tuple[float, float]]:
    """The upper and the lower edge of each row, as high as the highest box in it, `fall` px apart."""
    heights: dict[float, float] = {y: 0.0 for chain in layout.chains.values() for _, y in chain}
    for shape, (_, y) in zip(shapes, layout.places, strict=True):
        heights[y] = max(heights.get(y, 0.0), shape.height)
    bands = {}
    top = MARGIN
    for row, height in sorted(heights.items()):
        bands[row] = (top, top + height)
        top += height + fall
    return bands
