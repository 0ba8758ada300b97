"""Boxes with pixels: how large each is, what is written in it, where its edges leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from autograder.drawing.scene import Box, Kind, Mark, Scene
from autograder.model.language import sentence

if TYPE_CHECKING:
    from autograder.drawing.words import Say

CHARACTER = 7.9  # px, of the monospaced font at 13 px
SMALL_CHARACTER = 6.7  # px, at 11 px
HEIGHTS = {Kind.ROOT: 28.0, Kind.OPERATION: 46.0, Kind.ACCUMULATOR: 46.0}
STRIP = 16.0  # px more for the input numbers
BADGE = 22.0  # px more for a badge
NOTE = 15.0  # px more for each note
LONGEST = 30  # characters of a label
ENDS = {Kind.CONSTANT: sentence("constant"), Kind.LEAF: sentence("leaf, no grad_fn"), Kind.MORE: "…"}
MARKS = {Mark.MISSING: sentence("missing"), Mark.EXTRA: sentence("extra")}
EXPECTED_NAME = sentence("expected {name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A box with its size; `x` and `y` are its centre, `inputs` the numbers on its upper edge where they matter.

    A badge is the box's mark in words.
    """

    box: Box
    width: float
    height: float
    text: str
    badge: str
    inputs: tuple[int, ...]
    x: float = 0.0
    y: float = 0.0

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height / 2

    @property
    def middle(self) -> float:
        """Where the text's line lies: below the input numbers, above a badge, the notes and the slots."""
        above, below = STRIP * bool(self.inputs), BADGE * bool(self.badge) + NOTE * len(self.box.notes)
        return self.y + (above - below) / 2

    @property
    def name_y(self) -> float:
        """The base line of the label; in the very middle of a box that has nothing else in it."""
        is_alone = self.box.kind is Kind.ROOT or not (self.box.slots > 1 or self.badge or self.box.notes)
        return self.middle + 4.5 * is_alone

    def note_y(self, number: int) -> float:
        """The base line of a note."""
        below = {Kind.ROOT: 20.0, Kind.ACCUMULATOR: 30.0 if self.box.label else 17.0}.get(self.box.kind, 17.0)
        return self.middle + below + number * NOTE

    def slot_x(self, slot: int) -> float:
        """Where the edge of a slot leaves the lower edge; slots lie from left to right."""
        return self.x + _spread(slot, self.box.slots, min(26.0, (self.width - 24) / max(self.box.slots - 1, 1)))

    def input_x(self, input_nr: int) -> float:
        """Where edges to an input arrive at the upper edge."""
        return self.x + _spread(self.inputs.index(input_nr), len(self.inputs), 34.0)


def _spread(rank: int, count: int, step: float) -> float:
    """The place of one of some things side by side, from their middle."""
    return (rank - (count - 1) / 2) * step


def shapes_of(scene: Scene, say: Say) -> list[Shape]:
    """The shapes of a scene's boxes, not yet placed."""
    inputs: list[set[int]] = [set() for _ in scene.boxes]
    for wire in scene.wires:
        inputs[wire.target].add(wire.input_nr)
    return [
        shape_of(box, tuple(sorted(numbers)) if any(numbers) else (), say)
        for box, numbers in zip(scene.boxes, inputs, strict=True)
    ]


def shape_of(box: Box, inputs: tuple[int, ...], say: Say) -> Shape:
    """The shape of one box."""
    text = say(ENDS[box.kind]) if box.kind in ENDS else box.label or "AccumulateGrad"
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    if box.kind not in HEIGHTS:
        return Shape(box=box, width=columns(text) * SMALL_CHARACTER + 8, height=26, text=text, badge="", inputs=())
    badge = say(EXPECTED_NAME, name=box.expected) if box.expected else say(MARKS[box.mark]) if box.mark in MARKS else ""
    padding = {Kind.ROOT: 24, Kind.OPERATION: 28}.get(box.kind, 36)
    width = max(
        columns(text) * CHARACTER + padding,
        14 * CHARACTER + padding if box.kind is Kind.ACCUMULATOR else 0,
        badge_width(badge) + 20 if badge else 0,
        max((columns(note) * SMALL_CHARACTER + 28 for note in box.notes), default=0),
        box.slots * 18.0 + 20,
        len(inputs) * 34.0 + 16,
    )
    height = HEIGHTS[box.kind] + STRIP * bool(inputs) + BADGE * bool(badge) + NOTE * len(box.notes)
    return Shape(box=box, width=width, height=height, text=text, badge=badge, inputs=inputs)


def badge_width(words: str) -> float:
    """How wide a badge is with these words in it, px."""
    return columns(words) * SMALL_CHARACTER + 30


def columns(text: str) -> int:
    """How many columns of a monospaced font a text takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
