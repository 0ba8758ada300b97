"""Wires with pixels: where each runs, and what is written on it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from autograder.drawing.shapes import BADGE, MARKS, Shape, badge_width
from autograder.model.language import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.drawing.layout import Point
    from autograder.drawing.scene import Mark, Scene, Wire
    from autograder.drawing.words import Say

EXPECTED_SLOT = sentence("slot {slot}, expected {expected}")
EXPECTED_INPUT = sentence("input {input}, expected {expected}")
HEAD = 6.0  # px of a wire that its arrow's head covers
LANE = 24.0  # px on the right of all boxes for each wire that leads back up
APART = 10.0  # px between wires that pass the same rows to the same box

Ways = dict[tuple[int, int], tuple[tuple[float, float, float], ...]]  # arc -> (x, top, bottom) of each row it passes


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A wire's path, its arrow's tip, and its mark in words with the place for them.

    In a film the words are the gradient on its way, and the wires that have done their part are faded.
    """

    mark: Mark
    path: str
    tip: Point
    badge: str
    middle: Point
    is_faded: bool = False


def lines_of(scene: Scene, shapes: Sequence[Shape], ways: Ways, say: Say) -> tuple[Line, ...]:
    """The lines of a scene's wires between boxes in their places."""
    tips = _tips(scene, shapes, ways)
    right = max((shape.x + shape.width / 2 for shape in shapes), default=0.0)
    lanes = 0
    lines = []
    shifts = _shifts(scene)
    for wire, tip, shift in zip(scene.wires, tips, shifts, strict=True):
        start = (shapes[wire.source].slot_x(wire.slot), shapes[wire.source].bottom)
        way = ways.get((wire.source, wire.target))
        lanes += way is None
        beside = [(x + shift, top, bottom) for x, top, bottom in way or ()]
        path, middle = _around(start, tip, right + LANE * lanes) if way is None else _down(start, beside, tip)
        badge = _badge(wire, (shapes[wire.source], shapes[wire.target]), say)
        lines.append(Line(mark=wire.mark, path=path, tip=tip, badge=badge, middle=middle))
    return tuple(without_overlap(lines))


def _shifts(scene: Scene) -> list[float]:
    """How far each wire runs to the right of its way, so that wires of one way run side by side, slot by slot."""
    sharing: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, wire in enumerate(scene.wires):
        sharing[wire.source, wire.target].append(number)
    shifts = [0.0] * len(scene.wires)
    for numbers in sharing.values():
        for rank, number in enumerate(sorted(numbers, key=lambda number: scene.wires[number].slot)):
            shifts[number] = (rank - (len(numbers) - 1) / 2) * APART
    return shifts


def _tips(scene: Scene, shapes: Sequence[Shape], ways: Ways) -> list[Point]:
    """Where each arrow ends: at its input where inputs are shown, else side by side in the order in which they come."""
    arriving: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for number, wire in enumerate(scene.wires):
        port = shapes[wire.source].slot_x(wire.slot)
        way = ways.get((wire.source, wire.target), ())
        arriving[wire.target].append((way[-1][0] if way else port, port, number))
    tips: list[Point] = [(0.0, 0.0)] * len(scene.wires)
    for target, wires in arriving.items():
        shape = shapes[target]
        step = min(22.0, (shape.width - 30) / max(len(wires) - 1, 1))
        for rank, (_, _, number) in enumerate(sorted(wires)):
            beside = shape.x + (rank - (len(wires) - 1) / 2) * step
            tips[number] = (shape.input_x(scene.wires[number].input_nr) if shape.inputs else beside, shape.top)
    return tips


def _badge(wire: Wire, ends: tuple[Shape, Shape], say: Say) -> str:
    """A wire's mark in words, unless a box at one of its ends says the same."""
    if wire.expected_slot is not None:
        return say(EXPECTED_SLOT, slot=wire.slot, expected=wire.expected_slot)
    if wire.expected_input is not None:
        return say(EXPECTED_INPUT, input=wire.input_nr, expected=wire.expected_input)
    is_told = any(shape.badge and shape.box.mark is wire.mark for shape in ends)
    return "" if is_told or wire.mark not in MARKS else say(MARKS[wire.mark])


def without_overlap(lines: Sequence[Line]) -> list[Line]:
    """The lines, badges that would cover each other placed one below the other around their middle."""
    placed: list[Line] = []
    for line in lines:
        x, y = line.middle
        crowded = [other for other in lines if other is not line and _overlap(line, other)]
        here = replace(line, middle=(x, y - BADGE / 2)) if crowded else line
        while any(_overlap(here, other) for other in placed):
            here = replace(here, middle=(x, here.middle[1] + BADGE))
        placed.append(here)
    return placed


def _overlap(line: Line, other: Line) -> bool:
    """Whether the badges of two lines cover each other."""
    (x, y), (other_x, other_y) = line.middle, other.middle
    room = (badge_width(line.badge) + badge_width(other.badge)) / 2
    return bool(line.badge and other.badge) and abs(x - other_x) < room and abs(y - other_y) < BADGE


def _down(start: Point, way: Sequence[tuple[float, float, float]], tip: Point) -> tuple[str, Point]:
    """A path that leaves and arrives upright, past the rows between, and the middle of its last bend."""
    x, y = start
    steps = [f"M{x:.1f} {y:.1f}"]
    for next_x, top, bottom in way:
        steps.append(_bend((x, y), (next_x, top)) + f"V{bottom:.1f}")
        x, y = next_x, bottom
    end = (tip[0], tip[1] - HEAD)
    steps.append(_bend((x, y), end))
    return "".join(steps), ((x + end[0]) / 2, (y + end[1]) / 2)


def _bend(start: Point, end: Point) -> str:
    """A curve that starts and ends upright."""
    middle = (start[1] + end[1]) / 2
    return f"C{start[0]:.1f} {middle:.1f} {end[0]:.1f} {middle:.1f} {end[0]:.1f} {end[1]:.1f}"


def _around(start: Point, tip: Point, edge: float) -> tuple[str, Point]:
    """A path back up, on the right of everything, and a point half way."""
    (x, y), (tip_x, tip_y) = start, tip
    half = (y + tip_y) / 2
    path = f"M{x:.1f} {y:.1f}C{x:.1f} {y + 40:.1f} {edge:.1f} {y + 40:.1f} {edge:.1f} {half:.1f}"
    path += f"C{edge:.1f} {tip_y - 46:.1f} {tip_x:.1f} {tip_y - 46:.1f} {tip_x:.1f} {tip_y - HEAD:.1f}"
    return path, (edge, half)
