"""A scene in words: for screen readers, and as the list of differences below a picture."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from autograder.drawing.scene import Box, Kind, Mark, Scene, Wire
from autograder.model.ids import Language
from autograder.model.language import sentence, translate

if TYPE_CHECKING:
    from collections.abc import Iterator

CONSTANT_END = sentence("nothing (a constant)")
LEAF_END = sentence("nothing (a leaf, which no operation made)")
UNDRAWN_END = sentence("a node that is not drawn")

SLOT = sentence("slot {slot} leads to {target}")
SLOT_INPUT = sentence("slot {slot} leads to {target}, input {input}")
NODE = sentence("{node}: {slots}.")
ROOT = sentence("{node} starts at {target}.")
ROOT_OUTPUT = sentence("{node} is output {input} of {target}.")

NOTES = sentence("{node} shows: {notes}.")

CUT = sentence("This picture is cut: {count} more boxes are not drawn.")
LARGER = sentence("The graph is larger than what was recorded of it.")

RENAMED_BOX = sentence("Renamed: {node} was expected to be {expected}.")
MISSING_BOX = sentence("Missing: {node}.")
EXTRA_BOX = sentence("Extra: {node}.")
MISSING_ROOT = sentence("Missing: {node} should start at {target}.")
MISSING_WIRE = sentence("Missing: slot {slot} of {node} should lead to {target}.")
EXTRA_ROOT = sentence("Extra: {node} starts at {target}.")
EXTRA_WIRE = sentence("Extra: slot {slot} of {node} leads to {target}.")
OTHER_SLOT = sentence("Swapped: {target} is in slot {slot} of {node}, expected in slot {expected_slot}.")
OTHER_OUTPUT = sentence("Changed: {node} is output {input} of {target}, expected output {expected_input}.")
OTHER_INPUT = sentence(
    "Changed: slot {slot} of {node} leads to input {input} of {target}, expected input {expected_input}."
)


class Say(Protocol):
    """Puts an English message, its {placeholders} filled in, into the reader's language."""

    def __call__(self, english: str, **values: object) -> str:
        """The message in the reader's language."""


def speaker(language: str) -> Say:
    """What says the machine's messages in a language."""

    def say(english: str, **values: object) -> str:
        return translate(english, Language(language), {name: str(value) for name, value in values.items()})

    return say


def describe(scene: Scene, say: Say) -> tuple[str, ...]:
    """Every node and edge of a scene, one sentence a box, and one more for a box with notes."""
    names = name_boxes(scene)
    leaving: dict[int, list[str]] = {}
    roots = []
    for wire in scene.wires:
        if _is_root(scene, wire):
            roots.append(say(ROOT_OUTPUT if wire.input_nr else ROOT, **_values(scene, wire, names, say)))
        else:
            words = say(SLOT_INPUT if wire.input_nr else SLOT, **_values(scene, wire, names, say))
            leaving.setdefault(wire.source, []).append(words)
    nodes = [say(NODE, node=names[number], slots="; ".join(slots)) for number, slots in sorted(leaving.items())]
    notes = [
        say(NOTES, node=name, notes="; ".join(box.notes))
        for box, name in zip(scene.boxes, names, strict=True)
        if box.notes
    ]
    return (*roots, *nodes, *notes, *notices(scene, say))


def differences(scene: Scene, say: Say) -> tuple[str, ...]:
    """What differs between the two graphs of a scene, one sentence each; empty where nothing does."""
    names = name_boxes(scene)
    told = [wire for wire in scene.wires if wire.mark is Mark.CHANGED or wire.mark is not scene.boxes[wire.source].mark]
    return (
        *(_box_difference(box, name, say) for box, name in zip(scene.boxes, names, strict=True) if _is_told(box)),
        *(
            say(message, **_values(scene, wire, names, say))
            for wire in told
            for message in _wire_messages(wire, is_root=_is_root(scene, wire))
        ),
    )


def notices(scene: Scene, say: Say) -> tuple[str, ...]:
    """What the picture doesn't show, if anything."""
    told = [say(CUT, count=scene.hidden)] if scene.hidden else []
    return (*told, say(LARGER)) if scene.is_cut else tuple(told)


def name_boxes(scene: Scene) -> list[str]:
    """A name for each box that tells it from the others: `MulBackward0`, `MulBackward0 #2`, `AccumulateGrad(x)`."""
    seen: Counter[str] = Counter()
    names = []
    for box in scene.boxes:
        name = box.label
        if box.kind is Kind.ACCUMULATOR:
            name = f"AccumulateGrad({box.label})" if box.label else "AccumulateGrad"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return names


def _is_root(scene: Scene, wire: Wire) -> bool:
    return scene.boxes[wire.source].kind is Kind.ROOT


def _is_told(box: Box) -> bool:
    """Whether a box's mark needs a sentence; an empty edge's is told with its wire."""
    return box.mark is not Mark.SAME and box.kind in {Kind.ROOT, Kind.OPERATION, Kind.ACCUMULATOR}


def _values(scene: Scene, wire: Wire, names: list[str], say: Say) -> dict[str, object]:
    """What the messages about a wire may mention."""
    ends = {Kind.CONSTANT: CONSTANT_END, Kind.LEAF: LEAF_END, Kind.MORE: UNDRAWN_END}
    end = ends.get(scene.boxes[wire.target].kind)
    return {
        "node": names[wire.source],
        "slot": wire.slot,
        "target": names[wire.target] if end is None else say(end),
        "input": wire.input_nr,
        "expected_slot": wire.expected_slot,
        "expected_input": wire.expected_input,
    }


def _box_difference(box: Box, name: str, say: Say) -> str:
    """What is wrong with a node."""
    messages = {Mark.CHANGED: RENAMED_BOX, Mark.MISSING: MISSING_BOX, Mark.EXTRA: EXTRA_BOX}
    return say(messages[box.mark], node=name, expected=box.expected)


def _wire_messages(wire: Wire, *, is_root: bool) -> Iterator[str]:
    """What is wrong with an edge."""
    if wire.mark is Mark.MISSING:
        yield MISSING_ROOT if is_root else MISSING_WIRE
    if wire.mark is Mark.EXTRA:
        yield EXTRA_ROOT if is_root else EXTRA_WIRE
    if wire.expected_slot is not None:
        yield OTHER_SLOT
    if wire.expected_input is not None:
        yield OTHER_OUTPUT if is_root else OTHER_INPUT
