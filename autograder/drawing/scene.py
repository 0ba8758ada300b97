"""What a picture of a graph holds, before anything has a place: boxes, wires between their slots, and marks."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from autograder.model.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.model.transcript import Graph, GraphNode, GraphRoot

MAX_BOXES = 120  # more than this nobody reads


class Kind(StrEnum):
    """What a box stands for."""

    ROOT = "root"  # a tensor by name, where the graph was entered
    OPERATION = "operation"
    ACCUMULATOR = "accumulator"
    CONSTANT = "constant"  # the end of an empty edge: nothing needs a gradient there
    LEAF = "leaf"  # a root that no operation made
    MORE = "more"  # the picture was cut here


class Mark(StrEnum):
    """How an element differs between an expected and a found graph."""

    SAME = "same"
    MISSING = "missing"  # expected, not found
    EXTRA = "extra"  # found, not expected
    CHANGED = "changed"  # found in another slot, at another input or under another name


class State(StrEnum):
    """What a node does at one moment of a backward pass."""

    WAITING = "waiting"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"


class Box(Record, frozen=True):
    """One box. `expected` is the label that was expected where another was found, `notes` are lines below the label."""

    kind: Kind
    label: str
    slots: int = 0
    mark: Mark = Mark.SAME
    expected: str | None = None
    notes: tuple[str, ...] = ()
    state: State | None = None  # then the first note says it in words


class Wire(Record, frozen=True):
    """An edge from a slot of a box to another box, both by their place in the scene.

    `expected_slot` and `expected_input` are given where the edge was found elsewhere than expected.
    """

    source: int
    slot: int
    target: int
    input_nr: int = 0
    mark: Mark = Mark.SAME
    expected_slot: int | None = None
    expected_input: int | None = None


class Scene(Record, frozen=True):
    """All that is drawn. `hidden` counts the boxes left out; `is_cut` says that the record itself stopped short."""

    boxes: tuple[Box, ...]
    wires: tuple[Wire, ...]
    hidden: int = 0
    is_cut: bool = False


def scene_of(graph: Graph, roots: tuple[str, ...] = ()) -> Scene:
    """The scene of one graph; `roots` are the names of its roots, in order."""
    boxes = [box_of(node) for node in graph.nodes]
    wires = []

    def end_at(kind: Kind) -> int:
        boxes.append(Box(kind=kind, label=""))
        return len(boxes) - 1

    for number, node in enumerate(graph.nodes):
        for slot, edge in enumerate(node.edges):
            target = end_at(Kind.CONSTANT) if edge.node is None else edge.node
            wires.append(Wire(source=number, slot=slot, target=target, input_nr=edge.input_nr))
    for number, root in enumerate(graph.roots):
        boxes.append(Box(kind=Kind.ROOT, label=root_name(roots, number, len(graph.roots)), slots=1))
        source = len(boxes) - 1
        target = end_at(end_of(root)) if root.node is None else root.node
        wires.append(Wire(source=source, slot=0, target=target, input_nr=root.output_nr))
    return Scene(boxes=tuple(boxes), wires=tuple(wires), is_cut=graph.is_cut)


def annotate(scene: Scene, notes: Sequence[tuple[str, ...]]) -> Scene:
    """The scene of one graph with notes in the boxes of its nodes, in order, and after them of its roots."""
    ends = {Kind.CONSTANT, Kind.LEAF, Kind.MORE}
    nodes = [place for place, box in enumerate(scene.boxes) if box.kind not in {Kind.ROOT, *ends}]
    roots = [place for place, box in enumerate(scene.boxes) if box.kind is Kind.ROOT]
    by_place = dict(zip([*nodes, *roots], notes, strict=False))
    boxes = [msgspec.structs.replace(box, notes=by_place.get(place, ())) for place, box in enumerate(scene.boxes)]
    return msgspec.structs.replace(scene, boxes=tuple(boxes))


def box_of(node: GraphNode) -> Box:
    """The box of one node: an accumulator by its leaf, anything else by its name."""
    if node.leaf is not None:
        return Box(kind=Kind.ACCUMULATOR, label=node.leaf, slots=len(node.edges))
    kind = Kind.ACCUMULATOR if node.name == "AccumulateGrad" else Kind.OPERATION
    return Box(kind=kind, label="" if kind is Kind.ACCUMULATOR else node.name, slots=len(node.edges))


def end_of(root: GraphRoot) -> Kind:
    """What a root without a node leads to."""
    return Kind.LEAF if root.kind == "leaf" else Kind.CONSTANT


def root_name(names: tuple[str, ...], number: int, count: int) -> str:
    """A root's name as it was given, or one by its number."""
    if number < len(names):
        return names[number]
    return "root" if count == 1 else f"root {number}"


def crop(scene: Scene, cap: int = MAX_BOXES) -> Scene:
    """The scene with at most `cap` boxes: those nearest to what differs, or to the roots where nothing does."""
    if len(scene.boxes) <= cap:
        return scene
    kept = sorted(_nearest(scene, _starts(scene))[:cap])
    place = {old: new for new, old in enumerate(kept)}
    boxes = [scene.boxes[old] for old in kept]
    wires = []
    for wire in scene.wires:
        if wire.source not in place:
            continue
        if wire.target not in place:
            boxes.append(Box(kind=Kind.MORE, label=""))
        target = place.get(wire.target, len(boxes) - 1)
        wires.append(msgspec.structs.replace(wire, source=place[wire.source], target=target))
    hidden = len(scene.boxes) - len(kept)
    return Scene(boxes=tuple(boxes), wires=tuple(wires), hidden=hidden, is_cut=scene.is_cut)


def _starts(scene: Scene) -> list[int]:
    """The boxes that a cropped picture must show first."""
    marked = [number for number, box in enumerate(scene.boxes) if box.mark is not Mark.SAME]
    ends = [end for wire in scene.wires if wire.mark is not Mark.SAME for end in (wire.source, wire.target)]
    roots = [number for number, box in enumerate(scene.boxes) if box.kind is Kind.ROOT]
    return marked + ends or roots


def _nearest(scene: Scene, starts: list[int]) -> list[int]:
    """All boxes by their distance from the starts, along wires in either direction."""
    near: list[list[int]] = [[] for _ in scene.boxes]
    for wire in scene.wires:
        near[wire.source].append(wire.target)
        near[wire.target].append(wire.source)
    order = dict.fromkeys(starts)
    queue = deque(order)
    while queue:
        for box in near[queue.popleft()]:
            if box not in order:
                order[box] = None
                queue.append(box)
    return list(order)
